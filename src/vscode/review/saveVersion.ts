import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { OutputOf } from '../../operations/client.ts';
import type { EditorParts } from '../editorParts.ts';
import { artifactUri, fileNameOf } from './artifactDocuments.ts';
import { placeInside } from './placeInside.ts';

type Saved = Result<{ readonly file: string } | null>;

/**
 * Writes a version to the artifact's path in the workspace, else where the person says. A file that says something
 * else is only overwritten after a question. Null where the person decided against it.
 */
export async function saveVersion(
  { client, place }: Pick<EditorParts, 'client' | 'place'>,
  artifact: OutputOf<'artifact.show'>['id'],
  version: number,
): Promise<Saved> {
  const found = await client.execute('artifact.show', { artifact, version });
  if (!found.ok) return found;
  const { value } = found;
  if (value.filepath === null || !place.hasFolder) return saveAs(place.workspace, place.hasFolder, value);
  const target = await placeInside(place.workspace, value.filepath);
  if (!target.ok) return target;
  return apply(place.workspace, target.value, value);
}

type Shown = OutputOf<'artifact.show'>;

async function saveAs(workspace: string, hasFolder: boolean, artifact: Shown): Promise<Saved> {
  const name = fileNameOf(artifact);
  const chosen = await vscode.window.showSaveDialog({
    title: `Save v${artifact.version} of ${artifact.title}`,
    ...(hasFolder ? { defaultUri: vscode.Uri.file(path.join(workspace, name)) } : {}),
  });
  if (chosen === undefined) return ok(null);
  await vscode.workspace.fs.writeFile(chosen, Buffer.from(artifact.content));
  return ok({ file: chosen.fsPath });
}

async function apply(workspace: string, target: string, artifact: Shown): Promise<Saved> {
  const shown = path.relative(workspace, target);
  const open = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.scheme === 'file' && uri.fsPath === target,
  );
  if (open?.isDirty === true)
    return refuse(
      'conflict',
      `${shown} has changes that are not saved.`,
      'Save or revert it, then try again.',
    );
  const before = await contentOf(target);
  if (before !== null && before !== artifact.content && !(await mayOverwrite(target, shown, artifact)))
    return ok(null);
  await mkdir(path.dirname(target), { recursive: true });
  if (before !== artifact.content) await writeFile(target, artifact.content);
  await vscode.window.showTextDocument(vscode.Uri.file(target), {
    preview: true,
    preserveFocus: true,
    viewColumn: vscode.ViewColumn.Beside,
  });
  return ok({ file: shown });
}

async function contentOf(target: string): Promise<string | null> {
  try {
    return await readFile(target, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function mayOverwrite(target: string, shown: string, artifact: Shown): Promise<boolean> {
  const [overwrite, compare] = ['Overwrite', 'Compare'];
  const answer = await vscode.window.showWarningMessage(
    `${shown} exists and is different from v${artifact.version}.`,
    { modal: true, detail: 'Overwriting it replaces its content.' },
    overwrite,
    compare,
  );
  if (answer === compare)
    await vscode.commands.executeCommand(
      'vscode.diff',
      vscode.Uri.file(target),
      artifactUri(artifact, artifact.version),
      `${shown} ↔ ${artifact.title} v${artifact.version}`,
    );
  return answer === overwrite;
}
