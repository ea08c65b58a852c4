import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InputOf, OperationId, OutputOf } from '../../src/operations/client.ts';
import type { SprintId } from '../../src/domain/ids.ts';

const frame = path.join(import.meta.dirname, 'parts');

/** Runs an operation as the person; a refusal throws. */
export type Run = <Id extends OperationId>(id: Id, input: InputOf<Id>) => Promise<OutputOf<Id>>;

const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim();

/** A real repository whose parts are still to be written; each of them builds upon the fifth and seventh before it. */
export function createPartsRepository(folder: string): void {
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  cpSync(frame, folder, { recursive: true });
  writeFileSync(path.join(folder, 'parts.txt'), 'all parts\n');
  writeFileSync(path.join(folder, 'src', '.keep'), '');
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'config', 'user.name', 'Somebody');
  git(folder, 'config', 'user.email', 'somebody@example.org');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'The frame');
}

/**
 * An autonomous project with one approved sprint, a todo for each part, and rules that give them to scripted agents.
 * @param scripts folder for the scripts that they play
 */
export async function planParts(run: Run, scripts: string, count: number): Promise<SprintId> {
  await run('project.create', {
    title: 'Parts',
    mode: 'autonomous',
    dispatchRules: [
      { category: 'merge', provider: 'script', script: writeScript(scripts, 'resolve') },
      { provider: 'script', script: writeScript(scripts, 'work') },
    ],
  });
  const sprint = await run('sprint.create', { title: 'All parts', project: 'parts' });
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await run('todo.create', {
    project: 'parts',
    sprint: sprint.id,
    items: numbers.map((number) => ({
      title: `Part ${number}`,
      ref: `part${number}`,
      dependsOn: [5, 7].filter((back) => number > back).map((back) => `part${number - back}`),
    })),
  });
  await run('sprint.approve', { sprints: [sprint.id] });
  return sprint.id;
}

function writeScript(folder: string, name: string): string {
  const file = path.join(folder, `${name}.yaml`);
  const steps = [
    { run: { command: [process.execPath, `${name}.mjs`] } },
    { mcp: { operation: 'report', input: { status: 'done', summary: 'Written, checked and committed.' } } },
  ];
  writeFileSync(file, JSON.stringify({ steps }));
  return file;
}

/** What the tests of a branch say, run in a clone of it. */
export function checkParts(repository: string, branch: string, clone: string): string {
  git(repository, 'clone', '--quiet', '--branch', branch, repository, clone);
  return execFileSync(process.execPath, ['check.mjs'], { cwd: clone, encoding: 'utf8' }).trim();
}
