import assert from 'node:assert/strict';
import { launchBrowser, type Browser } from '../support/vscode/playwright.ts';
import { extensionFolder } from '../support/vscode/extensionFolder.ts';
import { startVSCode } from '../support/vscode/startVSCode.ts';
import { bundledSuites, mochaPath, runner, type SuiteName } from './suites.ts';
import type { SuiteResult } from './runInside.ts';
import { worlds } from './worlds.ts';

/** Each world: an editor of its own in which the suites of one folder run, in its extension host. */
describe('inside the extension host', function () {
  this.timeout(300_000);
  let browser: Browser;
  before(async () => (browser = await launchBrowser()));
  after(() => browser.close());

  for (const [name, prepare] of Object.entries(worlds))
    it(name, async () => {
      const world = prepare();
      const vscode = await startVSCode({ extensions: [extensionFolder()], ...world.options });
      try {
        const window = await vscode.openWindow(browser);
        const folder = bundledSuites(name as SuiteName);
        const result = (await window.host.call(runner(), 'runSuites', { folder, mochaPath })) as SuiteResult;
        assert.equal(result.failed, 0, `${result.failed} of ${name} failed`);
        assert.ok(result.passed > 0, 'no test ran');
      } finally {
        await vscode.stop();
        world.remove();
      }
    });
});
