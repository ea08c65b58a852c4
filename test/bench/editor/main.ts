// `npm run bench:editor`: what a large workspace costs the editor's extension host, in a real VS Code.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRegistry, workspaceOf } from '../../../src/gateway/client/registry.ts';
import { extensionFolder } from '../../support/vscode/extensionFolder.ts';
import { launchBrowser } from '../../support/vscode/playwright.ts';
import { startVSCode } from '../../support/vscode/startVSCode.ts';
import type { EditorWindow } from '../../support/vscode/window.ts';
import { copyOfDataSet, removeFolder } from '../dataSet.ts';
import { printTable } from '../printTable.ts';
import type { Row } from '../row.ts';

const sizes = [10_000, 100_000];
const edits = 200;
/** DESIGN section 8: nothing on the extension host may take longer. */
const frameMs = 16;

interface Stalls {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface Measured {
  readonly activationMs: number;
  readonly openMs: number;
  readonly idle: Stalls;
  readonly opening: Stalls;
  readonly editing: Stalls;
  readonly refreshMs: { readonly p50: number; readonly p99: number };
}

/** Runs in the extension host: opens the trees, then changes todos that they show, and watches the event loop. */
function measure(window: EditorWindow): Promise<Measured> {
  return window.host.evaluate(async ({ vscode, sloop }, count): Promise<Measured> => {
    const { monitorEventLoopDelay, performance } = process.getBuiltinModule('node:perf_hooks');
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const watched = async (work: () => Promise<unknown>): Promise<Stalls> => {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      await work();
      delay.disable();
      const ms = (nanoseconds: number) => nanoseconds / 1e6;
      return { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
    };
    const { client } = sloop.parts;
    const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
      if (!result.ok) throw new Error(JSON.stringify(result));
      return result.value;
    };
    await pause(2000);
    const idle = await watched(() => pause(3000));
    let openMs = 0;
    const opening = await watched(async () => {
      const began = performance.now();
      await vscode.commands.executeCommand('sloop.projects.focus');
      value(await client.execute('project.list', {}));
      openMs = performance.now() - began;
      await pause(2000);
    });
    const [project] = value(await client.execute('project.list', {})).items;
    const all = { project: project?.id, all: true } as const;
    const [root] = value(await client.execute('todo.list', { ...all, top: true, limit: 1 })).items;
    const page = value(await client.execute('todo.list', { ...all, parent: root?.id, limit: 50 }));
    if (page.items.length === 0) throw new Error('There is nothing to edit.');
    await vscode.commands.executeCommand('sloop.reveal', 'todo', page.items[0]?.id);
    await pause(1000);
    const took: number[] = [];
    const editing = await watched(async () => {
      for (let edit = 0; edit < count; edit += 1) {
        const todo = page.items[edit % page.items.length];
        const drawn = new Promise<void>((resolve) => {
          const listening = sloop.trees.projects.onDidDraw(() => {
            listening.dispose();
            resolve();
          });
        });
        const began = performance.now();
        value(
          await client.execute('todo.update', { todo: todo?.id as never, title: `Edited ${edit} times` }),
        );
        await Promise.race([drawn, pause(5000)]);
        took.push(performance.now() - began);
      }
    });
    took.sort((a, b) => a - b);
    const at = (part: number) => took[Math.floor(part * (took.length - 1))] ?? 0;
    return {
      activationMs: sloop.activationMs,
      openMs,
      idle,
      opening,
      editing,
      refreshMs: { p50: at(0.5), p99: at(0.99) },
    };
  }, edits);
}

async function rowsFor(size: number): Promise<readonly Row[]> {
  const storeDir = await copyOfDataSet(size);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sloop-bench-editor-'));
  const [folder, data] = [path.join(dir, 'work'), path.join(dir, 'data')];
  mkdirSync(folder);
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  createRegistry(data).register({ workspace: workspaceOf(folder), storeDir });
  const vscode = await startVSCode({
    open: folder,
    extensions: [extensionFolder()],
    env: { SLOOP_DATA: data },
  });
  const browser = await launchBrowser();
  try {
    const window = await vscode.openWindow(browser);
    await window.page
      .getByRole('tab', { name: /^Sloop/ })
      .first()
      .click();
    const { activationMs, openMs, idle, opening, editing, refreshMs } = await measure(window);
    const figures = ({ p50, p99, max }: Stalls) =>
      `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, longest ${max.toFixed(1)} ms`;
    const at = `at ${size / 1000}k todos`;
    return [
      { what: `activation ${at}`, measured: activationMs, unit: 'ms', bar: 100 },
      { what: `store opened and first answer ${at}`, measured: openMs, unit: 'ms' },
      { what: `event loop, idle ${at}`, measured: idle.p99, unit: 'ms', note: figures(idle) },
      { what: `event loop while it opens ${at}`, measured: opening.p99, unit: 'ms', note: figures(opening) },
      {
        what: `event loop, ${edits} edits ${at}`,
        measured: editing.p99,
        unit: 'ms',
        bar: frameMs,
        note: figures(editing),
      },
      {
        what: `edit to redrawn row ${at}`,
        measured: refreshMs.p50,
        unit: 'ms',
        note: `p99 ${refreshMs.p99.toFixed(0)} ms; changes are gathered before the tree is drawn`,
      },
    ];
  } finally {
    await browser.close();
    await vscode.stop();
    removeFolder(storeDir);
    rmSync(dir, { recursive: true, force: true });
  }
}

const rows: Row[] = [];
for (const size of sizes) rows.push(...(await rowsFor(size)));
printTable([{ group: 'the extension host of a real VS Code', rows }], process.stdout);
