import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { agent, isLive, launch, liveAgentStatuses } from '../../domain/agent/agent.ts';
import { agentId, launchId } from '../../domain/ids.ts';
import { instant } from '../../domain/instant.ts';
import { role } from '../../domain/role/role.ts';
import { waitingForAccount, type Waiting } from '../account/waitingForAccount.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation } from '../operation.ts';
import { requestStop } from './requestStop.ts';

const bookkeeping = { permission: 'system', surfaces: [] } as const;

const readyLaunch = z.object({
  launch: launchId,
  agent: agentId,
  name: agent.shape.name,
  role: agent.shape.role,
  loop: agent.shape.loopId,
  form: agent.shape.form,
  sessionNumber: launch.shape.sessionNumber,
  workingFolder: launch.shape.workingFolder,
  window: launch.shape.window,
});
export type ReadyLaunch = z.output<typeof readyLaunch>;

/** What the launcher has to start: all that is decided and not claimed. */
export const readyLaunches = defineOperation({
  id: 'launch.ready',
  title: 'List ready launches',
  summary: 'Launches that no process has claimed yet.',
  effect: 'read',
  ...bookkeeping,
  input: z.object({}),
  output: z.object({
    launches: z.array(readyLaunch),
    waiting: z
      .array(z.object({ agent: agentId, attention: z.string() }))
      .describe('Agents that wait for an account, as far as nobody was told why'),
    until: instant
      .nullable()
      .describe('When the first of the accounts that are waited for can be used again'),
  }),
  run(context) {
    const { tables } = context;
    const waiting = waitingForAccount(context);
    return ok({
      ...toldOf(waiting),
      launches: tables.launch.all({ state: 'ready' }).flatMap((ready) => {
        const found = tables.agent.find(ready.agentId);
        if (found === undefined || waiting.some(({ agent: { id } }) => id === found.id)) return [];
        const { name, role: roleName, loopId: loop, form } = found;
        const { id, agentId: owner, sessionNumber, workingFolder, window } = ready;
        return [
          {
            launch: id,
            agent: owner,
            name,
            role: roleName,
            loop,
            form,
            sessionNumber,
            workingFolder,
            window,
          },
        ];
      }),
    });
  },
});

function toldOf(waiting: readonly Waiting[]) {
  const times = waiting.flatMap(({ until }) => until ?? []).toSorted();
  const untold = waiting.filter(({ agent: { attention }, why }) => attention !== why);
  return {
    waiting: untold.map(({ agent: { id }, why }) => ({ agent: id, attention: why })),
    until: times[0] ?? null,
  };
}

/** Its process ended before it claimed the launch, so nobody will any more. `agent.exited` follows. */
export const withdrawLaunch = defineOperation({
  id: 'launch.withdraw',
  title: 'Withdraw a launch',
  summary: 'Takes a launch back that was not claimed; says whether it still was there to take.',
  effect: 'write',
  ...bookkeeping,
  input: z.object({ launch: launchId }),
  output: z.object({ withdrawn: z.boolean() }),
  run(context, input) {
    const { tables } = context;
    const found = mustFind(tables.launch, 'launch', input.launch);
    // One whose account was exhausted between its start and its claim waits for the next one.
    const waits = waitingForAccount(context).some(({ agent: { id } }) => id === found.agentId);
    if (found.state !== 'ready' || waits) return ok({ withdrawn: false });
    tables.launch.update({ ...found, state: 'withdrawn' });
    return ok({ withdrawn: true });
  },
});

const liveAgent = agent
  .pick({
    name: true,
    form: true,
    sessionNumber: true,
    status: true,
    pid: true,
    pidStartedAt: true,
    stopRequestedBy: true,
    reported: true,
    reportedAt: true,
    stageId: true,
    attention: true,
  })
  .extend({
    agent: agentId,
    launch: launch.shape.state.nullable().describe('State of its newest launch'),
    startedAt: instant.describe('When its process claimed the launch; until then, when it was decided'),
    heardAt: instant.describe('Its last sign of life'),
    stallMinutes: role.shape.stallMinutes,
    maxMinutes: role.shape.maxMinutes,
  });
export type LiveAgent = z.output<typeof liveAgent>;

/** What the supervisor watches. A role whose file is gone keeps the usual limits: no agent runs without any. */
export const liveAgents = defineOperation({
  id: 'agent.live',
  title: 'List live agents',
  summary: 'Agents that have a process, or are about to, with their limits and last sign of life.',
  effect: 'read',
  ...bookkeeping,
  input: z.object({}),
  output: z.object({ agents: z.array(liveAgent) }),
  run: ({ tables, roles }) =>
    ok({
      agents: tables.agent.all({ status: liveAgentStatuses }).map((found) => {
        const newest = tables.launch
          .all({ agentId: found.id, sessionNumber: found.sessionNumber })
          .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
        const limits =
          roles.find(found.role) ?? role.pick({ maxMinutes: true, stallMinutes: true }).parse({});
        const startedAt = newest?.claimedAt ?? newest?.createdAt ?? found.createdAt;
        const { lastSeenAt } = found;
        return {
          ...found,
          agent: found.id,
          launch: newest?.state ?? null,
          startedAt,
          // What was seen in an earlier session says nothing about this one.
          heardAt: lastSeenAt !== null && lastSeenAt > startedAt ? lastSeenAt : startedAt,
          stallMinutes: limits.stallMinutes,
          maxMinutes: limits.maxMinutes,
        };
      }),
    }),
});

/** Says why a person should look at an agent. Its next sign of life takes it back. */
export const flagAgent = defineOperation({
  id: 'agent.flag',
  title: 'Flag an agent',
  summary: 'Marks an agent as needing a person’s attention.',
  effect: 'write',
  ...bookkeeping,
  input: z.object({ agent: agentId, attention: z.string().min(1) }),
  output: z.object({ agent: agentId }),
  run({ tables, now }, input) {
    const found = mustFind(tables.agent, 'agent', input.agent);
    tables.agent.update({ ...found, attention: input.attention, updatedAt: now });
    return ok({ agent: found.id });
  },
});

/** The engine's own way to end an agent: at its role's time limit, or when it lingers after its report. */
export const haltAgent = defineOperation({
  id: 'agent.halt',
  title: 'Halt an agent',
  summary: 'Asks for the end of a live agent; one that is not live any more is left as it is.',
  effect: 'write',
  ...bookkeeping,
  input: z.object({ agent: agentId }),
  output: z.object({ agent: agentId }),
  run(context, input) {
    const found = mustFind(context.tables.agent, 'agent', input.agent);
    if (isLive(found.status)) requestStop(context, found);
    return ok({ agent: found.id });
  },
});
