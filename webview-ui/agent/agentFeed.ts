import type { AgentOperation, Result, ShownAgent } from '../../src/protocol/agent.ts';
import type { ViewClient } from '../../src/protocol/view.ts';
import { openQuestion, type AgentFacts } from './model/facts.ts';

export type AgentClient = ViewClient<AgentOperation>;

/** An operation said no while the panel was reading; there is nothing to show but that. */
export class ReadRefused extends Error {}

const mostMessages = 500;

/** Reads all that the panel shows of one agent besides its log. Null where the agent was deleted. */
export async function readFacts(client: AgentClient, id: string): Promise<AgentFacts | null> {
  const shown = await client.execute('agent.show', { agent: id });
  if (!shown.ok) {
    if (shown.refusal.code === 'missing') return null;
    throw new ReadRefused(`${shown.refusal.message} ${shown.refusal.next}`);
  }
  const agent = shown.value;
  const readAt = Date.now();
  const [messages, worktrees, ofTodo, sprint, project, account] = await Promise.all([
    client.execute('message.rows', { agent: agent.id, limit: mostMessages }),
    client.execute('worktree.list', { agent: agent.id, everywhere: true }),
    readTodo(client, agent),
    agent.sprintId === null ? null : client.execute('sprint.show', { sprint: agent.sprintId }),
    agent.projectId === null ? null : client.execute('project.show', { project: agent.projectId }),
    accountOf(client, agent),
  ]);
  const rows = valueOf(messages)?.items ?? [];
  const asked = openQuestion(agent.id, rows);
  const question = asked === null ? null : await client.execute('message.show', { message: asked.id });
  return {
    agent,
    readAt,
    messages: rows,
    worktrees: valueOf(worktrees)?.items ?? [],
    ...ofTodo,
    sprint: valueOf(sprint),
    project: valueOf(project),
    account,
    question: valueOf(question),
  };
}

/** Its todo, with what all agents used for it and where its work is merged. */
async function readTodo(client: AgentClient, { todoId, projectId }: ShownAgent) {
  if (todoId === null) return { todo: null, todoUsage: null, merges: [] };
  const [todo, usage, merges] = await Promise.all([
    client.execute('todo.show', { todo: todoId }),
    client.execute('usage', { todo: todoId }),
    projectId === null
      ? null
      : client.execute('merge.list', { todo: todoId, project: projectId, all: true, limit: 20 }),
  ]);
  return {
    todo: valueOf(todo),
    todoUsage: valueOf(usage),
    // A merge that was given up says nothing of where the work stands.
    merges: (valueOf(merges)?.items ?? []).filter(({ status }) => status !== 'cancelled'),
  };
}

async function accountOf(client: AgentClient, { accountId, provider }: ShownAgent): Promise<string | null> {
  if (accountId === null) return null;
  const accounts = await client.execute('account.list', { provider });
  return valueOf(accounts)?.items.find(({ id }) => id === accountId)?.label ?? null;
}

/** What is gone meanwhile, or was never there, is left out. */
const valueOf = <T>(result: Result<T> | null): T | null => (result?.ok === true ? result.value : null);
