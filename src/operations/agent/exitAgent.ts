import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { agentStatuses, isLive, type Agent, type AgentStatus } from '../../domain/agent/agent.ts';
import { failureKinds } from '../../domain/agent/observed.ts';
import { agentId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { isParked } from '../message/parkedQuestions.ts';
import { settleParked } from '../message/settleParked.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { settleDispatched } from '../dispatch/settleDispatched.ts';
import { goOnWithAccount } from './goOnWithAccount.ts';
import { moveAgent } from './moveAgent.ts';
import { tryAgain } from './tryAgain.ts';

const input = z.object({
  agent: agentId,
  sessionNumber: z.number().int().positive(),
  exitCode: z.number().int().nullable(),
  exitSignal: z.string().nullable(),
  lastMessage: z.string().nullable().default(null),
  reason: z.string().nullable().default(null).describe('Why it ended, where more than an exit code is known'),
  startRefused: z.boolean().default(false).describe('Its program could not be started'),
  timedOut: z.boolean().default(false).describe("It was ended at its role's time limit"),
  failure: z
    .enum(failureKinds)
    .nullable()
    .default(null)
    .describe('Why its CLI could not go on, where it said so'),
});
type Exit = z.output<typeof input>;

export const exitAgent = defineOperation({
  id: 'agent.exited',
  title: 'Record the end of an agent',
  summary:
    'Records that an agent’s process has ended, and judges by its own report how. Saying it again changes nothing.',
  effect: 'write',
  permission: 'system',
  surfaces: [],
  input,
  output: z.object({ status: z.enum(agentStatuses), recorded: z.boolean() }),
  run(context, exit) {
    const agent = mustFind(context.tables.agent, 'agent', exit.agent);
    if (agent.sessionNumber !== exit.sessionNumber || !isLive(agent.status))
      return ok({ status: agent.status, recorded: false });
    const reported = agent.reported ?? (completedItsTodo(context, agent) ? 'done' : null);
    const goesOn = goOnWithAccount(context, { ...agent, reported }, exit.timedOut ? null : exit.failure);
    if (goesOn !== null) return ok({ status: goesOn.status, recorded: true });
    const { status, attention } = judge(context, agent, reported, exit);
    // A start that failed has no running to come from.
    const to = agent.status === 'starting' && status === 'idle' ? 'crashed' : status;
    const moved = moveAgent(context, agent, to, {
      reported,
      attention,
      exitCode: exit.exitCode,
      exitSignal: exit.exitSignal,
      startRefused: exit.startRefused,
      result: reported === null ? (exit.lastMessage ?? agent.result) : (agent.result ?? exit.lastMessage),
      stopRequestedBy: agent.stopRequestedBy ?? (exit.timedOut ? 'engine' : null),
    });
    if (isParked(context, moved)) {
      settleParked(context, moved.id);
      return ok({ status: moved.status, recorded: true });
    }
    const again = tryAgain(context, moved);
    if (again === null) settleDispatched(context, moved);
    return ok({ status: (again ?? moved).status, recorded: true });
  },
});

/** Completing the todo that it was started for is a report, whatever else it said. */
function completedItsTodo({ tables }: OperationContext, agent: Agent): boolean {
  const todo = agent.todoId === null ? undefined : tables.todo.find(agent.todoId);
  return todo?.status === 'completed' && todo.completedBy === agent.name;
}

/** An exit code of 0 is no success: only the agent's own report is. */
function judge(
  context: OperationContext,
  agent: Agent,
  reported: Agent['reported'],
  exit: Exit,
): { status: AgentStatus; attention: string | null } {
  // What it waited for at its prompt is over with its process.
  const known = agent.form === 'interactive' && agent.status === 'waiting_for_input' ? null : agent.attention;
  if (reported !== null) return { status: 'idle', attention: known };
  if (exit.timedOut)
    return { status: 'stopped', attention: exit.reason ?? 'It was ended at the time limit of its role.' };
  if (agent.stopRequestedBy !== null)
    return { status: 'stopped', attention: agent.stopRequestedBy === 'engine' ? agent.attention : null };
  if (exit.exitCode === 0) {
    // Its question stands in the inbox of whom it asked; the agent itself needs no look.
    const unreported = isParked(context, agent) ? null : 'It ended without a report.';
    return { status: 'idle', attention: known ?? exit.reason ?? unreported };
  }
  return { status: 'crashed', attention: exit.reason ?? known ?? crashText(exit) };
}

const crashText = ({ exitCode, exitSignal }: Exit): string =>
  exitSignal !== null
    ? `It was ended by ${exitSignal}.`
    : exitCode !== null
      ? `It ended with exit code ${exitCode}.`
      : 'Its process is gone.';
