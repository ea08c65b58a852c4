import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { agentForms, type Agent } from '../../domain/agent/agent.ts';
import { sprintId, todoId, type ProjectId, type SessionId, type SprintId } from '../../domain/ids.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import { clipTitle } from '../loop/clip.ts';
import { callerSession, chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { insertSession } from '../session/insertSession.ts';
import { agentLine, toAgentLine } from './agentLine.ts';
import { startAgent } from './startAgent.ts';

export const agentStart = defineOperation({
  id: 'agent.start',
  title: 'Start an agent',
  summary: 'Starts an agent in a role, with a task in words, on a todo, or both; a todo is claimed for it.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['role', 'prompt'],
  input: z.object({
    role: z.string().describe('Name of a role: sloop role list'),
    prompt: z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(100_000)
      .optional()
      .describe('The task in words'),
    todo: todoId.optional().describe('The todo that it works on'),
    project: z.string().optional().describe("Project id or slug; the todo's or the active one when left out"),
    sprint: sprintId.optional(),
    provider: z.string().optional().describe('Agent CLI to use; the role’s when left out'),
    model: z.string().optional().describe('As the provider names it'),
    effort: z.string().optional().describe('As the provider names it'),
    form: z
      .enum(agentForms)
      .default('streamed')
      .describe('streamed: runs by itself; interactive: in a terminal of its own'),
    budgetUsd: z
      .number()
      .positive()
      .optional()
      .describe('It is ended when it has cost so much, as far as its CLI tells'),
    background: z.boolean().default(false).describe('Give it a session of its own below yours'),
    folder: z
      .string()
      .optional()
      .describe('Absolute path of the folder to work in; the workspace when left out'),
    worktree: z
      .boolean()
      .default(false)
      .describe('Give it a git worktree and branch of its own; its work is merged when it reports done'),
    script: z.string().optional().describe('File that the scripted provider plays'),
  }),
  output: agentLine,
  run(context, input) {
    const todo = input.todo === undefined ? undefined : mustFind(context.tables.todo, 'todo', input.todo);
    if (todo === undefined && input.prompt === undefined)
      refuseNow('invalid', 'The agent has nothing to do.', 'Give it a prompt, a todo, or both.');
    const { sprintId, projectId } = placeOf(context, input, todo);
    const agent = startAgent(context, {
      role: input.role,
      provider: input.provider,
      model: input.model,
      effort: input.effort,
      budgetUsd: input.budgetUsd,
      form: input.form,
      sessionId: sessionFor(context, input, projectId),
      projectId,
      sprintId,
      todoId: todo?.id ?? null,
      loopId: null,
      stageId: null,
      prompt: input.prompt ?? `Do your todo ${todo?.id ?? ''}.`,
      workingFolder: checkFolder(context, input.folder),
      worktree: checkWorktree(input),
      script: input.script,
    });
    return ok(toAgentLine(agent));
  },
});

/** A todo or a sprint decides the project; naming another one is refused. */
function placeOf(
  context: OperationContext,
  input: { readonly sprint?: SprintId | undefined; readonly project?: string | undefined },
  todo: Todo | undefined,
): Pick<Agent, 'sprintId' | 'projectId'> {
  const sprintId = input.sprint ?? todo?.sprintId ?? null;
  const sprint = sprintId === null ? undefined : mustFind(context.tables.sprint, 'sprint', sprintId);
  const implied = [todo, sprint].flatMap((one) => one?.projectId ?? []);
  const named =
    implied.length === 0 || input.project !== undefined ? chosenProject(context, input.project) : null;
  const projects = new Set([...implied, ...(named === null ? [] : [named])]);
  if (projects.size > 1)
    refuseNow(
      'invalid',
      'The todo, the sprint and the project do not belong together.',
      'Leave the project out, or name those of one project.',
    );
  const [projectId = null] = projects;
  return { sprintId, projectId };
}

/** An agent shares its starter's session; in the background, or where the starter has none, it gets its own. */
function sessionFor(
  context: OperationContext,
  input: { background: boolean; role: string; prompt?: string | undefined },
  projectId: ProjectId | null,
): SessionId {
  const own = callerSession(context.caller);
  if (own !== null && !input.background) return own;
  return insertSession(context, {
    title: clipTitle(input.prompt ?? input.role),
    origin: input.background ? 'background' : context.caller.kind === 'agent' ? 'agent' : 'person',
    parentId: own,
    projectId,
    role: input.role,
  }).id;
}

function checkWorktree({ worktree, folder }: { worktree: boolean; folder?: string | undefined }): boolean {
  if (worktree && folder !== undefined)
    refuseNow('invalid', 'A worktree has a folder of its own.', 'Leave out either folder or worktree.');
  return worktree;
}

/** A person chooses any folder that exists; an agent starts others where it is allowed to work itself. */
function checkFolder({ caller, probe }: OperationContext, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  if (caller.kind === 'agent')
    refuseNow('forbidden', 'An agent may not choose a folder for others.', 'Leave the folder out.');
  if (!/^([/\\]|[A-Za-z]:[/\\])/.test(folder) || probe.inspect(folder).kind === 'absent')
    refuseNow('invalid', `There is no folder ${folder}.`, 'Give the absolute path of a folder that exists.');
  return folder;
}
