import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { answer, answerDialog, openSideBar, treeRow, webviewWith } from '../../support/vscode/person.ts';
import type { FrameLocator } from '../../support/vscode/playwright.ts';
import { openPersonWorld, type PersonWorld } from './personWorld.ts';

const themes = [
  ['light', 'Default Light Modern', 'vs'],
  ['dark', 'Default Dark Modern', 'vs-dark'],
  ['high-contrast', 'Default High Contrast', 'hc-black'],
] as const;
const todo = 'Read hours and minutes together';
const question = 'Is 90 the same as 1h30m?';

/** An agent that works in its worktree, asks, and hands in. */
const script = `steps:
  - say: "I read the parser and its tests first, then I write **one** more."
  - mcp: { operation: report, input: { text: The grammar is clear } }
  - edit: { file: NOTES.md, write: "# Durations\\n\\nThe largest unit stands first.\\n" }
  - ask: { question: "${question}", as: same }
  - say: "The person says: {{same}}"
  - usage: { inputTokens: 41200, outputTokens: 6300, costUsd: 0.84 }
  - mcp: { operation: report, input: { status: done, summary: The notes say how durations are read. } }
`;

/** One story, told in the order of these tests. */
describe('a person with an agent', function () {
  this.timeout(300_000);
  this.bail(true);
  let world: PersonWorld;
  let panel: FrameLocator;
  before(async () => {
    world = await openPersonWorld({ 'sloop.agents.form': 'streamed' });
    writeFileSync(path.join(world.dir, 'agent.yaml'), script);
    await openSideBar(world.page);
    await world.window.host.evaluate(async ({ vscode }, title) => {
      await vscode.commands.executeCommand('sloop.project.create', { title: 'Durations', description: '' });
      await vscode.commands.executeCommand('sloop.todo.create', {
        title,
        project: 'durations',
        description: '1h30m and 90m are both read.',
        priority: 'high',
        sprint: undefined,
      });
    }, todo);
  });
  after(() => world.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await world.picture(`failed-${this.currentTest.title}`);
  });

  /** Does the same in each kind of theme, and keeps how it looks. */
  async function inEachTheme(take: (theme: string) => Promise<void>): Promise<void> {
    for (const [name, theme, kind] of themes) {
      await world.window.host.evaluate(async ({ vscode }, chosen) => {
        await vscode.workspace
          .getConfiguration('workbench')
          .update('colorTheme', chosen, vscode.ConfigurationTarget.Global);
      }, theme);
      await world.page.locator(`.monaco-workbench.${kind}`).waitFor();
      await take(name);
    }
  }

  it('runs it on a todo from the tree, in a worktree of its own', async () => {
    const { page } = world;
    const row = treeRow(page, todo);
    await row.waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Run an Agent on This Todo…' }).click();
    await answer(page, '1/', 'Coder');
    await answer(page, '2/', 'Scripted agent');
    await answer(page, '3/', 'A file');
    await answerDialog(page, path.join(world.dir, 'agent.yaml'));
    await answer(page, '4/4', 'Yes');
    panel = await webviewWith(page, /asks you/);
  });

  it('sees it at once among those that need them, with what it did so far', async () => {
    const { page } = world;
    await treeRow(page, 'Needs You').waitFor();
    await treeRow(page, /asks you, Read hours and minutes/).waitFor();
    await panel.getByText('I read the parser and its tests first').waitFor();
    await panel.getByTitle(/NOTES\.md \(added/).waitFor();
    await inEachTheme((theme) => world.picture(`agent-asks-${theme}`));
  });

  it('opens what it changed in the editor’s own diff', async () => {
    const { page } = world;
    await panel.getByTitle(/NOTES\.md \(added/).click();
    await page.getByRole('tab', { name: /^NOTES\.md \(/ }).waitFor();
    await page.locator('.monaco-diff-editor').getByText('The largest unit stands first.').first().waitFor();
    await world.picture('agent-diff');
    await page
      .getByRole('tab', { name: /^NOTES\.md \(/ })
      .getByRole('button', { name: /^Close/ })
      .click();
  });

  it('answers its question in its panel', async () => {
    const { page } = world;
    panel = await webviewWith(page, /asks you/);
    await panel.getByRole('textbox', { name: 'Your answer' }).fill('Yes, both are 5400 seconds.');
    await page.keyboard.press('Control+Enter');
    await panel.getByText('The person says: Yes, both are 5400 seconds.').waitFor();
  });

  it('sees its work merged into the project’s branch, and nothing of it in their own files', async () => {
    const { page } = world;
    await panel.getByText('Its report').waitFor();
    await panel.getByText(/^Merged into/).waitFor();
    await page.locator('.pane-header', { hasText: 'Merge Queue' }).click();
    await treeRow(page, 'Merged Today').waitFor();
    await page.locator('.pane-header', { hasText: 'Accounts' }).click();
    await page.getByRole('button', { name: 'Add an account', exact: true }).waitFor();
    await inEachTheme((theme) => world.picture(`agent-merged-${theme}`));
    const files = await world.window.host.evaluate(async ({ vscode }) => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      if (folder === undefined) return [] as string[];
      return (await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name);
    }, null);
    assert.ok(!files.includes('NOTES.md'), files.join(', '));
  });

  it('finds the panel again as it was after a reload', async () => {
    const { page } = world;
    await panel.getByRole('searchbox', { name: 'Search this log' }).fill('grammar');
    await panel.getByText(/with “grammar”/).waitFor();
    await world.window.reload();
    panel = await webviewWith(page, /with “grammar”/);
  });
});
