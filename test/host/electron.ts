// Runs the suites of each world in a desktop VS Code by @vscode/test-electron.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { extensionFolder } from '../support/vscode/extensionFolder.ts';
import { bundledSuites, mochaPath, runner, type SuiteName } from './suites.ts';
import { worlds } from './worlds.ts';

const version = process.env['VSCODE_VERSION'] ?? 'stable';

async function download(): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ version });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `VS Code ${version} could not be downloaded from update.code.visualstudio.com: ${why}\n` +
        'Run this where that address is reachable. The same suites run without it: npm test -- host\n',
    );
    return undefined;
  }
}

async function runWorld(vscodeExecutablePath: string, name: SuiteName): Promise<void> {
  const { options, remove } = worlds[name]();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sloop-electron-'));
  const settings = path.join(dir, 'user', 'User');
  mkdirSync(settings, { recursive: true });
  writeFileSync(path.join(settings, 'settings.json'), JSON.stringify(options.settings ?? {}));
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: extensionFolder(),
      extensionTestsPath: runner(),
      extensionTestsEnv: {
        SLOOP_DATA: path.join(dir, 'data'),
        ...options.env,
        SLOOP_TEST_SUITES: bundledSuites(name),
        SLOOP_TEST_MOCHA: mochaPath,
      },
      launchArgs: [
        ...('open' in options && options.open !== undefined ? [options.open] : []),
        ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
        ...['--disable-extensions', '--user-data-dir', path.join(dir, 'user')],
      ],
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
    remove();
  }
}

const vscode = await download();
if (vscode === undefined) process.exitCode = 1;
else for (const name of Object.keys(worlds)) await runWorld(vscode, name as SuiteName);
