import * as vscode from 'vscode';
import { noticeKinds, type NoticeKind } from '../inbox/noticeOf.ts';

/** The person's settings, as `contributions.ts` describes them. Programs to start stand in `settings.yaml` alone. */
export interface Settings {
  /** Agent CLI for agents and loops that are started by hand; empty: each time the person is asked. */
  readonly provider: string;
  readonly form: 'interactive' | 'streamed';
  readonly reviewColumn: vscode.ViewColumn;
  /** Of what a notification shows; the Inbox and its badge have all of it either way. */
  readonly notifies: Readonly<Record<NoticeKind, boolean>>;
}

/** As they are now: read where they are used, so that a change counts at once. */
export function readSettings(): Settings {
  const read = vscode.workspace.getConfiguration('sloop');
  return {
    provider: read.get('agents.provider', ''),
    form: read.get('agents.form', 'interactive'),
    reviewColumn:
      read.get<'active' | 'beside'>('reviews.openIn', 'active') === 'beside'
        ? vscode.ViewColumn.Beside
        : vscode.ViewColumn.Active,
    notifies: Object.fromEntries(
      noticeKinds.map((kind) => [kind, read.get(`notifications.${kind}`, true)]),
    ) as Record<NoticeKind, boolean>,
  };
}
