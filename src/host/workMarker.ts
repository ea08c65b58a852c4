import { rm, writeFile } from 'node:fs/promises';
import type { Logger } from '../base/logger.ts';
import { expectOk } from '../base/result.ts';
import { Pump } from '../engine/pump.ts';
import { systemTimers } from '../engine/timers.ts';
import type { Client } from '../operations/client.ts';
import { workMarkerFile } from './workMarkerFile.ts';

export interface WorkMarkerParts {
  readonly client: Client;
  readonly storeDir: string;
  readonly logger: Logger;
}

export interface WorkMarker {
  /** Ends the watch; the file stays as the last change left it. */
  settle(): Promise<void>;
}

/** Keeps the marker file true, so that an editor knows without opening the store whether work is under way. */
export function createWorkMarker({ client, storeDir, logger }: WorkMarkerParts): WorkMarker {
  const file = workMarkerFile(storeDir);
  let marked: boolean | undefined;
  const pump = new Pump(
    async () => {
      const inProgress = await isInProgress(client);
      if (inProgress === marked) return;
      if (inProgress) await writeFile(file, '');
      else await rm(file, { force: true });
      marked = inProgress;
    },
    systemTimers,
    logger.child('work marker'),
  );
  const subscription = client.onDidChange((events) => {
    const matters = events.some(
      ({ noun, action, to }) =>
        ['agent', 'loop', 'merge', 'worktree'].includes(noun) &&
        (action !== 'updated' || (to !== null && 'status' in to)),
    );
    if (matters) void pump.ask();
  });
  void pump.ask();
  return {
    async settle() {
      subscription.dispose();
      await pump.settled();
      pump.dispose();
    },
  };
}

async function isInProgress(client: Client): Promise<boolean> {
  const running = expectOk(await client.execute('loop.list', { status: ['running'], limit: 1 }));
  if (running.items.length > 0) return true;
  const live = expectOk(await client.execute('agent.list', { live: true, limit: 1 }));
  if (live.items.length > 0) return true;
  const queued = expectOk(await client.execute('merge.list', { status: ['queued'], limit: 1 }));
  if (queued.items.length > 0) return true;
  const status = ['requested', 'removing'] as const;
  const changing = await client.execute('worktree.list', { status: [...status], everywhere: true, limit: 1 });
  return expectOk(changing).items.length > 0;
}
