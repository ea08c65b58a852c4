import { commandIds } from '../../commandIds.ts';
import type { AgentRow, TreeRow } from '../model/entity.ts';
import { blue, facts, green, muted, red, yellow, type Icon, type Look } from './look.ts';
import { count, forSoLong, plain, shortened } from './words.ts';

const live: readonly AgentRow['status'][] = ['starting', 'running', 'waiting_for_input'];

/** `needed`: it waits for the person, or they should look at it. `live`: at work. `ended`: it has no process. */
export type AgentGroup = 'needed' | 'live' | 'ended';

export function agentGroup({ status, asks, attention }: AgentRow): AgentGroup {
  if (asks !== null || attention !== null || status === 'waiting_for_input') return 'needed';
  return live.includes(status) ? 'live' : 'ended';
}

const longestTodo = 48;

/** What it does, on what, by which CLI. */
export function agentLook(agent: AgentRow, unseen: boolean, now: number): Look {
  const group = agentGroup(agent);
  const on = agent.todoTitle === null ? agent.role : shortened(agent.todoTitle, longestTodo);
  const said = facts(agentText(agent, now), on);
  const context = [
    live.includes(agent.status) ? 'agent.live' : 'agent.ended',
    ...(group === 'needed' ? ['needed'] : []),
    ...(agent.asks === null ? [] : ['asks']),
    ...(agent.worktreePath === null ? [] : ['tree']),
  ];
  return {
    label: agent.name,
    description: `${said} · ${agent.provider}`,
    icon: agentIcon(agent),
    context: context.join('.'),
    spoken: `Agent ${agent.name}, ${[said, agent.role, agent.provider, agent.attention, unseen ? 'not looked at yet' : null].filter((one) => one !== null).join(', ')}`,
    click: { command: commandIds.openAgent, title: 'Open the Agent', arguments: [agent.id] },
    ...(unseen ? { mark: 'unseen' } : {}),
  };
}

function agentText(
  { status, asks, attention, reported, exitCode, createdAt }: AgentRow,
  now: number,
): string {
  if (asks !== null) return 'asks you';
  switch (status) {
    case 'starting':
      return attention === null ? 'starting' : 'needs a look';
    case 'running':
      return attention === null ? forSoLong('running', createdAt, now) : 'needs a look';
    case 'waiting_for_input':
      return 'waits for you';
    case 'crashed':
      return exitCode === null ? 'crashed' : `crashed (exit ${exitCode})`;
    case 'idle':
    case 'stopped':
      if (attention !== null) return reported === 'failed' ? reported : 'needs a look';
      return reported ?? plain(status);
  }
}

function agentIcon({ status, asks, attention, reported }: AgentRow): Icon {
  if (asks !== null || status === 'waiting_for_input') return { name: 'question', color: yellow };
  if (status === 'crashed' || reported === 'failed') return { name: 'error', color: red };
  if (attention !== null) return { name: 'warning', color: yellow };
  switch (status) {
    case 'starting':
      return { name: 'loading', color: blue };
    case 'running':
      return { name: 'sync', color: blue };
    case 'idle':
      return reported === 'done'
        ? { name: 'pass-filled', color: green }
        : { name: 'circle-large', color: muted };
    case 'stopped':
      return { name: 'debug-stop', color: muted };
  }
}

const groupNames: Readonly<Record<AgentGroup, string>> = {
  needed: 'Needs You',
  live: 'At Work',
  ended: 'Ended',
};

/** Agents that stand alike. */
export const agentGroupLook = ({ group, count: number }: Extract<TreeRow, { kind: 'agentGroup' }>): Look => ({
  label: groupNames[group],
  description: String(number),
  icon: null,
  context: `agentGroup.${group}`,
  spoken: `${groupNames[group]}, ${count(number, 'agent')}`,
});
