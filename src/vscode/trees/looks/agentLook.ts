import { commandIds } from '../../commandIds.ts';
import type { AgentRow } from '../model/entity.ts';
import { blue, facts, green, muted, red, yellow, type Icon, type Look } from './look.ts';
import { forSoLong, plain } from './words.ts';

const live: readonly AgentRow['status'][] = ['starting', 'running', 'waiting_for_input'];

/** `needed`: it waits for the person. `live`: it has a process. `ended`: finished, not yet looked at. */
export type AgentGroup = 'needed' | 'live' | 'ended' | 'crashed';

export function agentGroup({ status, asks, attention }: AgentRow): AgentGroup {
  if (asks !== null) return 'needed';
  if (live.includes(status)) return attention === null ? 'live' : 'needed';
  return status === 'crashed' ? 'crashed' : 'ended';
}

export const agentRank: Readonly<Record<AgentGroup, number>> = { needed: 0, live: 1, ended: 2, crashed: 3 };

export function agentLook(agent: AgentRow, now: number): Look {
  const said = facts(agent.role, agentText(agent, now));
  const group = agentGroup(agent);
  return {
    label: agent.name,
    description: said,
    icon: agentIcon(agent),
    context: `agent.${live.includes(agent.status) ? 'live' : 'ended'}${group === 'needed' ? '.needed' : ''}${agent.asks === null ? '' : '.asks'}`,
    spoken: `Agent ${agent.name}, ${facts(said, agent.attention)}`,
    click: { command: commandIds.showTerminal, title: 'Show Its Terminal', arguments: [agent.id] },
  };
}

function agentText(
  { status, asks, attention, reported, exitCode, createdAt }: AgentRow,
  now: number,
): string {
  if (asks !== null) return 'asks you';
  switch (status) {
    case 'starting':
      return 'starting';
    case 'running':
      return attention === null ? forSoLong('running', createdAt, now) : 'needs a look';
    case 'waiting_for_input':
      return 'waits for you';
    case 'crashed':
      return exitCode === null ? 'crashed' : `crashed (exit ${exitCode})`;
    case 'idle':
    case 'stopped':
      return reported ?? (attention === null ? plain(status) : 'needs a look');
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
