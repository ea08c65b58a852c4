// Runs mocha suites inside an extension host, of whichever editor.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import type MochaRunner from 'mocha';
import { measured } from './support/measured.ts';

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
}

/** Loads every suite of `folder` (bundles, CommonJS) and runs them; says each test by `print` as it ends. */
export async function runSuites(
  { folder, mochaPath }: { folder: string; mochaPath: string },
  print: (text: string) => void,
): Promise<SuiteResult> {
  const { default: Mocha } = (await import(mochaPath)) as { default: typeof MochaRunner };
  const mocha = new Mocha({
    timeout: 60_000,
    color: false,
    forbidOnly: true,
    reporter: Mocha.reporters.Base,
  });
  for (const file of readdirSync(folder))
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(folder, file));
  await mocha.loadFilesAsync();
  measured.subscribe((figure) => print(`      ${String(figure)}\n`));
  return new Promise((resolve) => {
    const counts = { passed: 0, failed: 0 };
    const line = (text: string) => print(`      ${text}\n`);
    mocha
      .run(() => resolve(counts))
      .on('pass', (test) => {
        counts.passed += 1;
        line(`✔ ${test.fullTitle()} (${String(test.duration)} ms)`);
      })
      .on('fail', (test, error: unknown) => {
        counts.failed += 1;
        line(`✖ ${test.fullTitle()}`);
        print(format('%s\n', error instanceof Error ? error.stack : error));
      })
      .on('pending', (test) => {
        // A test that did not run proves nothing.
        counts.failed += 1;
        line(`✖ ${test.fullTitle()}: skipped`);
      });
  });
}

/** `extensionTestsPath` of @vscode/test-electron: rejects when a test fails, or none ran. */
export async function run(): Promise<void> {
  const { SLOOP_TEST_SUITES: folder = '', SLOOP_TEST_MOCHA: mochaPath = '' } = process.env;
  const { passed, failed } = await runSuites({ folder, mochaPath }, (text) => process.stdout.write(text));
  if (failed > 0 || passed === 0) throw new Error(`${failed} of ${passed + failed} tests failed.`);
}
