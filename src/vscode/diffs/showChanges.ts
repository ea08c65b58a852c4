import path from 'node:path';
import * as vscode from 'vscode';
import { ok, type Result } from '../../base/result.ts';
import type { ChangedFile, Changes } from '../../git/changes.ts';
import type { Client } from '../../operations/client.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import type { DiffRange, GitFiles } from './gitFiles.ts';
import { gitUri } from './gitUri.ts';
import type { Whose } from './whose.ts';

/** What was changed in one repository. */
export interface WorkChanges {
  readonly range: DiffRange;
  readonly changes: Changes;
}

/** What an agent, a todo or a sprint changed, in each repository that it touches. */
export async function changesOfWork(client: Client, whose: Whose): Promise<Result<readonly WorkChanges[]>> {
  const found = await client.execute('worktree.diffOf', whose);
  if (!found.ok) return found;
  const git = await gitFiles();
  return ok(
    await Promise.all(
      found.value.ranges.map(async (range) => ({ range, changes: await git.changes(range) })),
    ),
  );
}

/** Opens all changes in the editor's own views: one file in its diff, several in one multi-file diff. */
export async function openChanges(client: Client, whose: Whose): Promise<void> {
  const work = await workToShow(client, whose);
  if (work === undefined) return;
  const all = work.flatMap(({ range, changes }) =>
    changes.files.map((file) => sidesOf(range, changes, file)),
  );
  const [only] = all;
  if (only === undefined) {
    void vscode.window.showInformationMessage(
      work.length === 0
        ? 'There is nothing to compare: no branch or worktree of Sloop’s has this work.'
        : 'Nothing was changed yet.',
    );
    return;
  }
  if (all.length === 1) return openDiff(only);
  const title = await titleOf(client, whose);
  await vscode.commands.executeCommand(
    'vscode.changes',
    title,
    all.map(({ resource, left, right }) => [resource, left ?? undefined, right ?? undefined]),
  );
}

/** Opens the change of one file in the editor's own diff. */
export async function openFileChange(
  client: Client,
  whose: Whose,
  repository: string,
  file: string,
): Promise<void> {
  const work = await workToShow(client, whose);
  for (const { range, changes } of work ?? []) {
    const changed = changes.files.find((one) => range.repository === repository && one.path === file);
    if (changed !== undefined) return openDiff(sidesOf(range, changes, changed));
  }
  if (work !== undefined)
    void vscode.window.showInformationMessage(`${file} is as it was: its change is gone again.`);
}

async function workToShow(client: Client, whose: Whose): Promise<readonly WorkChanges[] | undefined> {
  try {
    const work = await changesOfWork(client, whose);
    warnIfRefused(work);
    return work.ok ? work.value : undefined;
  } catch (error) {
    void vscode.window.showWarningMessage(
      `Git could not say what changed: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

interface Sides {
  /** What the row is about. */
  readonly resource: vscode.Uri;
  /** null: there was no file. */
  readonly left: vscode.Uri | null;
  /** null: the file is gone. */
  readonly right: vscode.Uri | null;
  readonly title: string;
}

/** In a worktree in which work goes on, the right side is the file itself. */
function sidesOf(
  { repositoryPath, worktree, agent, merged }: DiffRange,
  changes: Changes,
  file: ChangedFile,
): Sides {
  const of = (commit: string, name: string) => gitUri({ repository: repositoryPath, commit, file: name });
  const left = file.kind === 'added' ? null : of(changes.from, file.oldPath ?? file.path);
  const now =
    changes.to === null && worktree !== null
      ? vscode.Uri.file(path.join(worktree, file.path))
      : of(changes.to ?? changes.from, file.path);
  const right = file.kind === 'deleted' ? null : now;
  const by = agent === null ? '' : ` (${agent}${merged ? ', merged' : ''})`;
  return { resource: right ?? left ?? now, left, right, title: `${path.basename(file.path)}${by}` };
}

async function openDiff({ left, right, title, resource }: Sides): Promise<void> {
  const empty = gitUri({ repository: '', commit: null, file: resource.path.slice(1) });
  await vscode.commands.executeCommand('vscode.diff', left ?? empty, right ?? empty, title, {
    preview: true,
  });
}

async function titleOf(client: Client, whose: Whose): Promise<string> {
  if ('agent' in whose) {
    const shown = await client.execute('agent.show', whose);
    return `Changes of ${shown.ok ? shown.value.name : whose.agent}`;
  }
  if ('todo' in whose) {
    const shown = await client.execute('todo.show', whose);
    return `Changes of “${shown.ok ? shown.value.title : whose.todo}”`;
  }
  const shown = await client.execute('sprint.show', whose);
  return shown.ok ? `Changes of sprint ${shown.value.number}` : 'Changes of a sprint';
}

/** Git is loaded at the first look; it keeps nothing between two. */
export const gitFiles = async (): Promise<GitFiles> => (await import('./gitFiles.ts')).createGitFiles();
