import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import { artifactId } from '../../domain/ids.ts';
import { insertArtifact } from '../artifact/insertArtifact.ts';
import { insertFresh } from '../insertFresh.ts';
import { clipTitle } from '../loop/clip.ts';
import { mustFind } from '../lookup.ts';
import { handedInText, handIn } from '../merge/handIn.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { settleDependents } from '../todo/blocking.ts';
import { moveTodo } from '../todo/moveTodo.ts';
import { recordReport } from './recordReport.ts';

export const report = defineOperation({
  id: 'report',
  title: 'Report on your work',
  summary:
    'Says how your own work goes: a line of progress, or its end with a summary and, where asked for, a document. Ends a todo that is yours.',
  effect: 'write',
  permission: 'report',
  surfaces: everySurface,
  positional: ['text'],
  input: z.object({
    text: z.string().trim().min(1).max(2000).optional().describe('One line of progress'),
    status: z.enum(['working', 'done', 'failed']).default('working'),
    summary: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .optional()
      .describe('With done: what was done and how it was checked; with failed: why'),
    output: z
      .string()
      .min(1)
      .max(500_000)
      .optional()
      .describe('The result itself in Markdown, kept as an artifact'),
    title: z.string().trim().min(1).max(200).optional().describe('Title of the output'),
  }),
  output: z.object({ status: z.string(), artifact: artifactId.nullable(), next: z.string() }),
  run(context, input) {
    const { caller, tables } = context;
    if (caller.kind !== 'agent')
      return refuseNow(
        'forbidden',
        'Only an agent reports on its work.',
        'To end a todo: sloop todo complete.',
      );
    const agent = mustFind(tables.agent, 'agent', caller.agentId);
    if (input.status !== 'working') checkEnd(agent, input.status, input.summary);
    else if (input.text === undefined && input.output === undefined)
      refuseNow('invalid', 'The report says nothing.', 'Give text, or a status with a summary.');
    const line = input.text ?? input.summary ?? input.title;
    if (line !== undefined) insertProgress(context, agent, line);
    const artifact =
      input.output === undefined ? null : keepOutput(context, agent, input.output, input.title);
    if (input.status === 'working')
      return ok({ status: input.status, artifact, next: 'Go on, and report done when you are.' });
    const summary = input.summary ?? '';
    const reported = recordReport(context, agent, input.status, summary);
    const isHandedIn = input.status === 'done' && finishOwnTodo(context, agent, summary);
    if (input.status === 'failed')
      tables.agent.update({ ...reported, attention: `${agent.name} reported that it failed: ${summary}` });
    return ok({ status: input.status, artifact, next: isHandedIn ? handedInText : endText });
  },
});

function checkEnd(agent: Agent, status: 'done' | 'failed', summary: string | undefined): void {
  if (summary === undefined)
    refuseNow('invalid', `A report of ${status} needs a summary.`, 'Say what was done, or why it failed.');
  if (status === 'done' && agent.stageId !== null)
    refuseNow(
      'conflict',
      'Your work is a stage of a loop, and a stage ends with its result.',
      'Hand it in with stage_finish (sloop stage finish): summary, and verdict, findings and output as your task asks.',
    );
}

const insertProgress = (context: OperationContext, agent: Agent, text: string): void => {
  insertFresh(context, context.tables.progress, 'progress', {
    agentId: agent.id,
    agentName: agent.name,
    projectId: agent.projectId,
    sessionId: agent.sessionId,
    todoId: agent.todoId,
    stageId: agent.stageId,
    text,
    createdAt: context.now,
  });
};

function keepOutput(context: OperationContext, agent: Agent, content: string, title: string | undefined) {
  const todo = agent.todoId === null ? undefined : context.tables.todo.find(agent.todoId);
  const firstLine = content.split('\n').find((line) => line.trim() !== '') ?? agent.name;
  return insertArtifact(context, {
    title: clipTitle(title ?? todo?.title ?? firstLine.replace(/^#+\s*/, '')),
    type: context.roles.find(agent.role)?.output ?? 'other',
    content,
    language: 'markdown',
    metadata: {
      agent: agent.name,
      ...(agent.todoId === null ? {} : { todo: agent.todoId }),
      ...(agent.stageId === null ? {} : { stage: agent.stageId }),
    },
    sessionId: agent.sessionId,
    projectId: agent.projectId,
    sprintId: agent.sprintId,
  }).id;
}

const endText = 'Your work is handed in. End your turn now.';

/**
 * A todo that a person has to verify is not the agent's to complete; it stays for them to see. Work in worktrees is
 * merged first: then true.
 */
function finishOwnTodo(context: OperationContext, agent: Agent, summary: string): boolean {
  if (agent.todoId === null) return handIn(context, agent, null, summary);
  const todo = context.tables.todo.find(agent.todoId);
  if (todo?.status !== 'in_progress' || todo.assignee !== agent.name || todo.gate !== 'auto') return false;
  if (handIn(context, agent, todo, summary)) return true;
  moveTodo(context, todo, 'completed', { completionSummary: summary });
  settleDependents(context, context.tables.todo.dependencies.dependents(todo.id));
  return false;
}
