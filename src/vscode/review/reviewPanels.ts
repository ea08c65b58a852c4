import * as vscode from 'vscode';
import { z } from 'zod';
import type { Event } from '../../domain/event/event.ts';
import { artifactId, type ArtifactId } from '../../domain/ids.ts';
import {
  reviewOperations,
  type ReviewCalls,
  type ReviewedArtifact,
  type ReviewHostCalls,
} from '../../protocol/review.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import {
  executeHandler,
  noArgument,
  reportHandler,
  type CheckedHandlers,
} from '../webviews/checkedHandlers.ts';
import { readSettings } from '../settings/readSettings.ts';
import { openPanel, type OpenPanel } from '../webviews/openPanel.ts';
import { createPanelsByKey } from '../webviews/panelsByKey.ts';
import { openDiff } from './artifactDocuments.ts';
import { openLink } from './openLink.ts';
import { reviewViewType } from './reviewViewType.ts';
import { saveVersion } from './saveVersion.ts';
import { createSeenVersions } from './seenVersions.ts';

/** The reviews that are open: one for each artifact. */
export interface ReviewPanels {
  /** Brings the artifact's tab to the front, or opens it, at a version where one is named. */
  open(artifact: string, version?: number): void;
  /** Takes in a tab that VS Code brought back after a reload. */
  revive(panel: vscode.WebviewPanel, state: unknown): void;
}

/** What the view keeps, as far as the panel needs it; it comes from the webview and is not trusted. */
const savedState = z.object({ artifact: artifactId });

export function createReviewPanels(parts: EditorParts): ReviewPanels {
  const panels = createPanelsByKey<OpenPanel<ReviewCalls>>();
  return {
    open(artifact, version) {
      const id = artifactId.parse(artifact);
      const known = panels.find(id);
      panels.show(id, () => openReview(parts, id, version ?? null));
      if (version !== undefined) known?.tell('show', { version });
    },
    revive(panel, state) {
      const saved = savedState.safeParse(state);
      // Nothing says which artifact it showed: it was closed before its page had begun.
      if (!saved.success) panel.dispose();
      else panels.revive(saved.data.artifact, () => openReview(parts, saved.data.artifact, null, panel));
    },
  };
}

function openReview(
  parts: EditorParts,
  artifact: ArtifactId,
  version: number | null,
  revived?: vscode.WebviewPanel,
): OpenPanel<ReviewCalls> {
  let shown: ReviewedArtifact | undefined;
  const opened = openPanel<ReviewHostCalls, ReviewCalls>(parts, {
    viewType: reviewViewType,
    view: 'review',
    title: revived?.title ?? 'Review',
    handlers: handlersOf(parts, artifact, version, {
      get: () => shown,
      set(read) {
        shown = read;
        opened.panel.title = read.title;
      },
    }),
    concerns: (event) => concerns(artifact, event),
    ...(revived === undefined ? { column: readSettings().reviewColumn } : { revived }),
  });
  return opened;
}

/** A remark that is resolved changes no field that names its artifact, so every change of a remark is told. */
function concerns(artifact: ArtifactId, { noun, entityId, to, from }: Event): boolean {
  if (noun === 'artifact') return entityId === artifact;
  if (noun !== 'comment' && noun !== 'version') return false;
  const about = to?.['artifactId'] ?? from?.['artifactId'];
  return about === undefined ? noun === 'comment' : about === artifact;
}

/** The artifact as the view read it last. */
interface Shown {
  get(): ReviewedArtifact | undefined;
  set(artifact: ReviewedArtifact): void;
}

const number = z.number().int().positive();
const oneVersion = z.strictObject({ version: number });

function handlersOf(
  parts: EditorParts,
  artifact: ArtifactId,
  version: number | null,
  shown: Shown,
): CheckedHandlers<ReviewHostCalls> {
  const { client, context, logger } = parts;
  const seen = createSeenVersions(context.workspaceState);
  // What was seen before this tab was opened: looking at it must not change what it begins with.
  const lastSeen = seen.of(artifact);
  const execute = executeHandler(client, reviewOperations);
  let asked = version;
  return {
    ready: {
      argument: noArgument,
      run() {
        const subject = { artifact, version: asked, lastSeen };
        // A page that comes back after it was hidden goes on where it was.
        asked = null;
        return Promise.resolve(subject);
      },
    },
    execute: {
      argument: execute.argument,
      async run(call) {
        const result = await execute.run(call);
        if (result.ok && call.operation === 'artifact.show') shown.set(result.value as ReviewedArtifact);
        return result;
      },
    },
    report: reportHandler(logger.child('review')),
    openDiff: {
      argument: z.strictObject({ base: number, version: number }),
      async run(pair) {
        const found = shown.get();
        if (found !== undefined) await openDiff(found, pair.base, pair.version);
      },
    },
    copy: {
      argument: z.strictObject({ text: z.string() }),
      async run({ text }) {
        await vscode.env.clipboard.writeText(text);
        vscode.window.setStatusBarMessage('Sloop: copied', 3000);
      },
    },
    save: { argument: oneVersion, run: (what) => saveVersion(parts, artifact, what.version) },
    seen: { argument: oneVersion, run: (what) => seen.saw(artifact, what.version) },
    openLink: {
      argument: z.strictObject({ url: z.string().max(4000) }),
      run: ({ url }) => openLink(parts.place.workspace, url),
    },
    openLog: {
      argument: noArgument,
      async run() {
        await vscode.commands.executeCommand(commandIds.showLog);
      },
    },
  };
}
