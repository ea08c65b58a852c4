import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { expectOk } from '../../../src/base/result.ts';
import type { SloopApi } from '../../../src/vscode/extension.ts';
import { lookOf } from '../../../src/vscode/trees/looks/lookOf.ts';
import type { ModelTree } from '../../../src/vscode/trees/modelTree.ts';
import { until } from '../../support/vscode/until.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { agentUntil, startScripted } from '../support/scriptedAgent.ts';

const done = '{ mcp: { operation: report, input: { status: done, summary: All done } } }';

/** Rows of a tree with what stands below them, as they look. */
async function drawn(tree: ModelTree): Promise<string[]> {
  const lines: string[] = [];
  for (const top of await tree.getChildren())
    for (const [depth, node] of [
      [0, top] as const,
      ...(await tree.getChildren(top)).map((one) => [1, one] as const),
    ]) {
      const { label, description } = lookOf(node.entity.row, Date.now());
      lines.push(`${'  '.repeat(depth)}${label} (${description})`);
    }
  return lines;
}

const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

describe('agents in parallel', () => {
  let sloop: SloopApi;
  let project: string;
  const file = (name: string) => path.join(sloop.parts.place.workspace, name);
  before(async () => {
    sloop = await activatedSloop();
    await sloop.parts.connection.open();
    project = expectOk(await sloop.parts.client.execute('project.create', { title: 'Parallel' })).slug;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await sloop.parts.client.execute('project.delete', { project, todos: true, artifacts: true });
  });

  async function aTodo(title: string): Promise<string> {
    const { todos } = expectOk(await sloop.parts.client.execute('todo.create', { title, project }));
    return todos[0]?.id ?? '';
  }

  it('open in a panel of their own, once, by name or id', async () => {
    const { parts } = sloop;
    const name = await startScripted(parts, `steps: [{ say: here }, { hold: ${file('panel')} }, ${done}]`);
    const { id } = await agentUntil(parts, name, ({ status }) => status === 'running');
    await vscode.commands.executeCommand('sloop.openAgent', name);
    await vscode.commands.executeCommand('sloop.openAgent', id);
    const panels = await until('the panel is titled', () => {
      const found = tabs().filter(({ label }) => label === name);
      return found.length > 0 && found;
    });
    assert.equal(panels.length, 1);
    assert.match((panels[0]?.input as vscode.TabInputWebview).viewType, /sloop\.agent$/);
    writeFileSync(file('panel'), '');
    await agentUntil(parts, name, ({ status }) => status === 'idle');
  });

  it('move through the groups of their tree as they stand, and ended ones are news until looked at', async () => {
    const { parts, trees } = sloop;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const name = await startScripted(
      parts,
      `steps: [{ hold: ${file('ask')} }, { ask: { question: Which one? } }, ${done}]`,
    );
    const row = async () => (await drawn(trees.agents)).find((line) => line.includes(name)) ?? '';
    await until('it works', async () => /running/.test(await row()));
    writeFileSync(file('ask'), '');
    await until('it asks', async () => /asks you/.test(await row()));
    const questions = expectOk(await parts.client.execute('message.inbox', { kind: ['question'] })).items;
    const asked = questions.find(({ from }) => from === name);
    expectOk(await parts.client.execute('message.answer', { message: asked?.id as never, body: 'This one' }));
    await until('it is done', async () => /done/.test(await row()));
    const unseen = () =>
      [...trees.agents.model.nodes()].some(
        ({ entity: { row: one } }) => one.kind === 'agent' && one.agent.name === name && one.unseen,
      );
    await until('it is news', unseen);
    await vscode.commands.executeCommand('sloop.openAgent', name);
    await until('it was looked at', () => !unseen());
  });

  it('work in worktrees: their changes open as diffs, and what is handed in is merged', async () => {
    const { parts, trees } = sloop;
    const todo = await aTodo('Write it down');
    const name = await startScripted(
      parts,
      `steps: [{ edit: { file: NOTES.md, write: "# Notes" } }, { hold: ${file('merge')} }, ${done}]`,
      { todo: todo, worktree: true },
    );
    const { worktreePath } = await agentUntil(parts, name, (agent) => agent.worktreePath !== null);
    const changed = path.join(worktreePath ?? '', 'NOTES.md');
    await until('the file is there', async () =>
      vscode.workspace.fs.stat(vscode.Uri.file(changed)).then(
        () => true,
        () => false,
      ),
    );
    await vscode.commands.executeCommand('sloop.showChanges', { agent: name });
    const diff = await until('its diff', () =>
      tabs()
        .map(({ input }) => input)
        .find((input): input is vscode.TabInputTextDiff => input instanceof vscode.TabInputTextDiff),
    );
    assert.equal(diff.original.scheme, 'sloop-git');
    assert.equal(diff.modified.fsPath, changed);
    assert.equal((await vscode.workspace.openTextDocument(diff.original)).getText(), '');
    writeFileSync(file('merge'), '');
    await agentUntil(parts, name, ({ status }) => status === 'idle');
    await until('it is merged', async () =>
      (await drawn(trees.merges)).some((line) => line.includes('Write it down (into sloop/parallel/project')),
    );
    await until('its worktree is removed', async () => {
      const left = expectOk(await parts.client.execute('worktree.list', { agent: name, everywhere: true }));
      return left.items.length === 0;
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no diff is open', () => tabs().length === 0);
    await vscode.commands.executeCommand('sloop.showChanges', { todo });
    const merged = await until('what was merged', () =>
      tabs()
        .map(({ input }) => input)
        .find((input): input is vscode.TabInputTextDiff => input instanceof vscode.TabInputTextDiff),
    );
    assert.equal(merged.modified.scheme, 'sloop-git');
    assert.equal((await vscode.workspace.openTextDocument(merged.modified)).getText(), '# Notes');
    await assert.rejects(async () => vscode.workspace.fs.writeFile(merged.modified, new Uint8Array()));
  });

  it('are dispatched by a command on the project, which the tree shows', async () => {
    const { trees } = sloop;
    await vscode.commands.executeCommand('sloop.dispatch.start', { project });
    const row = async () => {
      for (const node of await trees.projects.getChildren())
        if (node.entity.row.kind === 'project' && node.entity.row.project.slug === project)
          return lookOf(node.entity.row, Date.now()).description;
      return '';
    };
    await until('dispatch is on', async () => /^dispatch on/.test(await row()));
    await vscode.commands.executeCommand('sloop.dispatch.pause', { project });
    await until('dispatch is paused', async () => /^dispatch paused/.test(await row()));
    await vscode.commands.executeCommand('sloop.dispatch.stop', { project });
    await until('dispatch is off', async () => !/dispatch/.test(await row()));
  });
});
