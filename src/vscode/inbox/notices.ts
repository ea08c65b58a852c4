import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables.ts';
import type { EditorParts } from '../editorParts.ts';
import { readSettings } from '../settings/readSettings.ts';
import type { InboxItem } from '../trees/model/entity.ts';
import { newItems, newsKey } from './newItems.ts';
import type { NoticeClaims } from './noticeClaims.ts';
import { noticeOf, type Notice } from './noticeOf.ts';

/** One notification for each thing that comes to need the person, and one line for what waited already. */
export class Notices implements Disposable {
  readonly #parts: EditorParts;
  readonly #claims: NoticeClaims;
  #seen: ReadonlySet<string> | null = null;
  #disposed = false;

  constructor(parts: EditorParts, claims: NoticeClaims) {
    this.#parts = parts;
    this.#claims = claims;
  }

  /** @param items all that waits now */
  see(items: readonly InboxItem[]): void {
    const { single, together } = newItems(this.#seen, items);
    this.#seen = new Set([...(this.#seen ?? []), ...items.map(newsKey)]);
    const job = single.length > 0 ? this.#tellEach(single) : this.#tellOfMany(together);
    void job.catch((error: unknown) =>
      this.#parts.logger.log('error', 'the person could not be told', { error }),
    );
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #tellEach(items: readonly InboxItem[]): Promise<void> {
    const notices = await this.#noticesOf(items);
    const { notifies } = readSettings();
    await Promise.all(
      notices
        .filter(({ kind }) => notifies[kind])
        .map(async (notice) => {
          const isMine = await this.#claims.claim(notice.key, vscode.window.state.focused);
          if (isMine && !this.#disposed) await this.#tell(notice);
        }),
    );
  }

  async #noticesOf(items: readonly InboxItem[]): Promise<readonly Notice[]> {
    const { client } = this.#parts;
    const ids = (kind: InboxItem['kind']) => items.filter((item) => item.kind === kind).map(({ id }) => id);
    const [agents, merges] = await Promise.all([
      ids('agent').length === 0 ? null : client.execute('agent.rows', { agents: ids('agent') }),
      ids('merge').length === 0 ? null : client.execute('merge.rows', { merges: ids('merge') }),
    ]);
    return items.flatMap(
      (item) =>
        noticeOf(item, {
          agent: agents?.ok === true ? agents.value.items.find(({ id }) => id === item.id) : undefined,
          merge: merges?.ok === true ? merges.value.items.find(({ id }) => id === item.id) : undefined,
        }) ?? [],
    );
  }

  async #tell({ kind, text, buttons }: Notice): Promise<void> {
    const titles = buttons.map(({ title }) => title);
    const isBad = kind === 'failures' || kind === 'conflicts' || kind === 'accounts';
    const chosen = await (isBad
      ? vscode.window.showWarningMessage(text, ...titles)
      : vscode.window.showInformationMessage(text, ...titles));
    const button = buttons.find(({ title }) => title === chosen);
    if (button !== undefined && button.command !== '' && !this.#disposed)
      await vscode.commands.executeCommand(button.command, ...button.args);
  }

  async #tellOfMany(many: number): Promise<void> {
    if (many === 0 || !Object.values(readSettings().notifies).some((on) => on)) return;
    if (!(await this.#claims.claim(`${many} things`, vscode.window.state.focused))) return;
    const text = many === 1 ? '1 thing waits for you.' : `${many} things wait for you.`;
    const chosen = await vscode.window.showInformationMessage(text, 'Show');
    if (chosen === 'Show' && !this.#disposed) await vscode.commands.executeCommand('sloop.inbox.focus');
  }
}
