import path from 'node:path';
import * as vscode from 'vscode';
import { expectOk } from '../../base/result.ts';
import type { Client, OutputOf } from '../../operations/client.ts';

const scheme = 'sloop-artifact';

type Artifact = Pick<OutputOf<'artifact.show'>, 'id' | 'title' | 'type' | 'language' | 'filepath'>;

/** Versions of artifacts as read-only documents: `sloop-artifact:/<id>/v3/<title>.md`. A version never changes. */
export const registerArtifactDocuments = (client: Client): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path: at }) {
      const [, artifact = '', version = ''] = at.split('/');
      const input = {
        artifact: artifact as OutputOf<'artifact.show'>['id'],
        version: Number(version.slice(1)),
      };
      return expectOk(await client.execute('artifact.show', input)).content;
    },
  });

export const artifactUri = (artifact: Artifact, version: number): vscode.Uri =>
  vscode.Uri.from({ scheme, path: `/${artifact.id}/v${version}/${fileNameOf(artifact)}` });

/** Two versions in the editor's own diff. */
export async function openDiff(artifact: Artifact, base: number, version: number): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    artifactUri(artifact, base),
    artifactUri(artifact, version),
    `${artifact.title} (v${base} ↔ v${version})`,
  );
}

const endings: Readonly<Record<string, string>> = {
  typescript: 'ts',
  javascript: 'js',
  python: 'py',
  markdown: 'md',
  ruby: 'rb',
  rust: 'rs',
  shell: 'sh',
  bash: 'sh',
};

/** What a file of it would be called: as its path says, else after its title. */
export function fileNameOf({ title, filepath, type, language }: Omit<Artifact, 'id'>): string {
  if (filepath !== null) return path.basename(filepath);
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  const source = type === 'code' || type === 'config' || type === 'data';
  const ending = language === null ? (source ? 'txt' : 'md') : (endings[language] ?? language);
  return `${name || 'artifact'}.${ending}`;
}
