import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import {
  agent as agentSchema,
  launch as launchSchema,
  type Agent,
  type Launch,
} from '../../domain/agent/agent.ts';
import { budgetLeft } from '../../domain/loop/limits.ts';
import { accessLevel } from '../../domain/role/role.ts';
import { useAccount } from '../account/useAccount.ts';
import { loopCost } from '../loop/loopFacts.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { agentByRef, agentRef } from './agentByRef.ts';
import { moveAgent } from './moveAgent.ts';
import { findRole } from './startAgent.ts';

/** The process that runs an agent: a pid alone may be reused, its start time is not. */
export const runnerProcess = {
  pid: z.number().int().positive(),
  pidStartedAt: z.string().nullable().describe('Start time as the system tells it'),
};

/** All that `sloop run` needs to start an agent. */
export const claimedLaunch = z.object({
  agent: agentSchema.pick({
    id: true,
    name: true,
    role: true,
    provider: true,
    model: true,
    effort: true,
    accountId: true,
    form: true,
    sessionNumber: true,
    todoId: true,
    stageId: true,
    loopId: true,
    inputTokens: true,
    outputTokens: true,
    costUsd: true,
  }),
  ...launchSchema.pick({ prompt: true, workingFolder: true, script: true }).shape,
  systemPrompt: z.string(),
  access: accessLevel,
  tools: z.array(z.string()).describe('Ids of the operations in its tool list'),
  limits: z.object({
    turns: z.number().nullable(),
    minutes: z.number(),
    costUsd: z
      .number()
      .nullable()
      .describe("What is left of its own and its loop's budget; null without any"),
  }),
  resume: z.string().nullable().describe("The provider's session to continue; null for a new one"),
  token: z.string().describe('For the agent alone'),
  goal: z.string().nullable().describe('Of its loop'),
  round: z.number().int().nullable().describe('Of its loop'),
  attempt: z.number().int().nullable().describe('Of its stage'),
});
export type ClaimedLaunch = z.output<typeof claimedLaunch>;

export const claimLaunch = defineOperation({
  id: 'launch.claim',
  title: 'Claim a launch',
  summary: 'Hands an agent’s launch to the one process that starts it. A second process is refused.',
  effect: 'write',
  permission: 'system',
  surfaces: [],
  input: z.object({
    agent: agentRef,
    terminal: z.boolean().default(false).describe('Whether that process has a terminal to give to the agent'),
    ...runnerProcess,
  }),
  output: claimedLaunch,
  run(context, { agent: ref, terminal, ...process }) {
    const { tables, tokens, now } = context;
    const agent = agentByRef(context, ref);
    const launch = claimable(context, agent, process);
    if (agent.form === 'interactive' && !terminal)
      refuseNow(
        'conflict',
        `Agent ${agent.name} is interactive and needs a terminal.`,
        `Run it in one: sloop run ${agent.name}. Or start one in the streamed form.`,
      );
    const role = findRole(context, agent.role);
    const { token, hash } = tokens.next();
    tables.launch.update({
      ...launch,
      state: 'claimed',
      tokenHash: hash,
      claimedAt: launch.claimedAt ?? now,
    });
    // Asked again by the same process it stays with what it was given.
    const accountId = launch.state === 'claimed' ? agent.accountId : useAccount(context, agent, launch);
    if (agent.status !== 'running')
      moveAgent(context, agent, 'running', { ...process, accountId, attention: null, lastSeenAt: now });
    const loop = agent.loopId === null ? undefined : tables.loop.find(agent.loopId);
    return ok({
      agent: { ...agent, accountId },
      prompt: launch.prompt,
      workingFolder: launch.workingFolder,
      script: launch.script,
      systemPrompt: role.prompt,
      access: role.access,
      tools: role.tools,
      limits: {
        turns: role.maxTurns,
        minutes: role.maxMinutes,
        costUsd: smallest(
          budgetLeft(agent, agent.costUsd),
          loop === undefined ? null : budgetLeft(loop, loopCost(context, loop.id)),
        ),
      },
      resume: launch.resume ? agent.providerSessionId : null,
      token,
      goal: loop?.goal ?? null,
      round: loop?.round ?? null,
      attempt: agent.stageId === null ? null : tables.attempt.count({ stageId: agent.stageId }),
    });
  },
});

/** Of two limits the one that is reached first; null is none. */
const smallest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

function claimable(
  { tables }: OperationContext,
  agent: Agent,
  process: Pick<Agent, 'pid' | 'pidStartedAt'>,
): Launch {
  const [launch] = tables.launch.all({ agentId: agent.id, sessionNumber: agent.sessionNumber });
  if (launch?.state === 'ready') return launch;
  // The answer to its first claim was lost: the same process asks again.
  const same = agent.pid === process.pid && agent.pidStartedAt === process.pidStartedAt;
  if (launch?.state === 'claimed' && agent.status === 'running' && same) return launch;
  if (launch?.state === 'preparing')
    refuseNow(
      'conflict',
      `The worktree of agent ${agent.name} is still being made.`,
      'Wait: it is started when that is done.',
    );
  return refuseNow(
    'conflict',
    launch?.state === 'withdrawn'
      ? `Agent ${agent.name} was stopped before it started.`
      : `Agent ${agent.name} was started already and is ${agent.status}.`,
    `To continue its session once it has ended: sloop agent resume ${agent.name}.`,
  );
}
