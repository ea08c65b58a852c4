import { expectOk } from '../../../base/result.ts';
import type { Client, OutputOf } from '../../../operations/client.ts';
import { commandIds } from '../../commandIds.ts';
import { ago, plain, shortened, who } from '../looks/words.ts';
import type { AgentRow } from '../model/entity.ts';
import { escaped, lines, link, sheet } from './markdown.ts';

/** What an agent does, where, and what it has used; read afresh, for rows do not follow every token. */
export async function agentTooltip(
  client: Client,
  { id, todoTitle }: AgentRow,
  now: number,
): Promise<string> {
  const agent = expectOk(await client.execute('agent.show', { agent: id }));
  const [said] = agent.progress;
  return sheet(
    agent.name,
    agent.attention === null ? null : escaped(agent.attention),
    lines(
      `${escaped(agent.role)} by ${escaped([agent.provider, agent.model].filter((one) => one !== null).join(', '))}, ${plain(agent.status)}${agent.exitCode === null ? '' : `, exit ${agent.exitCode}`}`,
      `started by ${escaped(who(agent.startedBy))} ${ago(agent.createdAt, now)}${agent.endedAt === null ? '' : `, ended ${ago(agent.endedAt, now)}`}`,
      agent.reported === null ? null : `It reported: ${agent.reported}`,
      said === undefined ? null : `“${escaped(shortened(said.text, 200))}”, ${ago(said.createdAt, now)}`,
      agent.todoId === null ? null : link(todoTitle ?? 'Its todo', commandIds.reveal, 'todo', agent.todoId),
      agent.loopId === null ? null : link('Its loop', commandIds.openLoop, agent.loopId),
      agent.branch === null ? null : `Branch \`${agent.branch}\``,
      usageLine(agent),
    ),
    link('Show its terminal', commandIds.showTerminal, agent.id),
    `\`${agent.id}\``,
  );
}

function usageLine({ inputTokens, outputTokens, costUsd }: OutputOf<'agent.show'>): string | null {
  if (inputTokens + outputTokens === 0 && costUsd === 0) return null;
  const cost = costUsd === 0 ? '' : `, \\$${costUsd.toFixed(2)}`;
  return `${thousands(inputTokens)} tokens in, ${thousands(outputTokens)} out${cost}`;
}

const thousands = (count: number): string => (count < 1000 ? String(count) : `${(count / 1000).toFixed(1)}k`);
