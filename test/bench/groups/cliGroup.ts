import { spawnSync } from 'node:child_process';
import { copyOfDataSet, removeFolder } from '../dataSet.ts';
import type { Group } from '../groups.ts';
import { interleaved } from '../measure.ts';
import { ratioRow, type Row } from '../row.ts';
import { serveHost, sloop } from '../servedHost.ts';

const size = 10_000;

export const cliGroup: Group = {
  name: 'cli',
  about: 'the sloop command against a running host, beside a Node that does nothing',
  run: async () => {
    const copy = await copyOfDataSet(size);
    const host = await serveHost(copy);
    const project = await host.run('project.list', { limit: 1 });
    const node = (args: readonly string[]) => {
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: host.workspace, env: host.env });
      if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
    };
    const commands: readonly (readonly [string, readonly string[]])[] = [
      ['sloop todo list', ['todo', 'list']],
      ['sloop todo list, one project', ['todo', 'list', '--project', project.items[0]?.slug ?? '']],
      ['sloop todo ready', ['todo', 'ready', '--limit', '5']],
    ];
    const rows: Row[] = [];
    for (const [what, words] of commands) {
      const ratio = await interleaved(
        40,
        () => node([sloop, ...words]),
        () => node(['-e', '0']),
      );
      rows.push(ratioRow(`${what} / node -e 0`, ratio, { per: 1, bar: 1.5 }));
    }
    await host.stop();
    removeFolder(copy);
    return rows;
  },
};
