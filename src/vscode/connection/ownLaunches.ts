import type { Event } from '../../domain/event/event.ts';
import type { LaunchId } from '../../domain/ids.ts';
import type { ReadyLaunch } from '../../operations/agent/supervision.ts';
import type { Client } from '../../operations/client.ts';

/** Whether a change is a launch that this window asked for and nobody has claimed. */
export const isLaunchFor = ({ noun, action, to }: Event, window: string): boolean =>
  noun === 'launch' && action === 'created' && to?.['state'] === 'ready' && to['window'] === window;

/** What to run for a launch; undefined where its agent is gone already. */
export async function launchOf(client: Client, { entityId, to }: Event): Promise<ReadyLaunch | undefined> {
  const shown = await client.execute('agent.show', { agent: String(to?.['agentId']) });
  if (!shown.ok) return undefined;
  const { id, name, role, loopId, form, sessionNumber } = shown.value;
  return {
    launch: entityId as LaunchId,
    agent: id,
    name,
    role,
    loop: loopId,
    form,
    sessionNumber,
    workingFolder: String(to?.['workingFolder']),
    window: String(to?.['window']),
  };
}
