import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { expectOk } from '../../../src/base/result.ts';
import { createRemoteClient } from '../../../src/gateway/client/remoteClient.ts';
import { gatewayFilePath, readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import { until } from '../../support/vscode/until.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { measured } from '../support/measured.ts';

describe('the host of a window', () => {
  it('opens at the first call, in a thread of the extension host, and owns the store', async () => {
    const { parts } = await activatedSloop();
    const began = performance.now();
    expectOk(await parts.client.execute('project.create', { slug: 'cellar', title: 'Cellar' }));
    measured.publish(`first call, with the host's start: ${(performance.now() - began).toFixed(0)} ms`);
    assert.equal(parts.connection.state.kind, 'owner');
    assert.equal(readGatewayFile(parts.place.storeDir)?.pid, process.pid);
    const threads = process.report.getReport() as unknown as { workers: readonly object[] };
    assert.equal(threads.workers.length, 1);
  });

  it('keeps the store as a plain SQLite file that other programs read', async () => {
    const { parts } = await activatedSloop();
    const file = path.join(parts.place.storeDir, 'sloop.db');
    const rows = execFileSync('sqlite3', ['-readonly', file, 'select slug from project'], {
      encoding: 'utf8',
    });
    assert.deepEqual(rows.trim().split('\n'), ['cellar']);
  });

  it('answers on its gateway, whose address only the user can read', async () => {
    const { parts } = await activatedSloop();
    assert.equal(statSync(gatewayFilePath(parts.place.storeDir)).mode & 0o777, 0o600);
    const other = createRemoteClient({
      locate: () => readGatewayFile(parts.place.storeDir),
      surface: 'cli',
      logger: silentLogger,
      patienceMs: 20_000,
    });
    try {
      const projects = expectOk(await other.execute('project.list', {}));
      assert.deepEqual(
        projects.items.map(({ slug }) => slug),
        ['cellar'],
      );
    } finally {
      other.dispose();
    }
  });

  it('tells the window of changes that others make', async () => {
    const { parts } = await activatedSloop();
    const seen: string[] = [];
    const listening = parts.client.onDidChange((events) => seen.push(...events.map(({ noun }) => noun)));
    const other = createRemoteClient({
      locate: () => readGatewayFile(parts.place.storeDir),
      surface: 'cli',
      logger: silentLogger,
      patienceMs: 20_000,
    });
    try {
      expectOk(await other.execute('project.create', { slug: 'attic', title: 'Attic' }));
      await until('the event of the new project', () => seen.includes('project'));
    } finally {
      listening.dispose();
      other.dispose();
    }
  });
});
