import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { accessLevel } from '../../domain/role/role.ts';
import { finding } from '../../domain/loop/loop.ts';
import { loopId, stageId } from '../../domain/ids.ts';
import { project } from '../../domain/project/project.ts';
import { sprint } from '../../domain/sprint/sprint.ts';
import { todo } from '../../domain/todo/todo.ts';
import { artifactLine } from '../artifact/artifactLine.ts';
import { messageLine } from '../message/messageLine.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { sprintLine } from '../sprint/sprintLine.ts';
import { sprintProgress } from '../sprint/sprintProgress.ts';
import { todoLine } from '../todo/todoLine.ts';
import {
  artifactsOf,
  messagesOf,
  openTodosOf,
  projectOf,
  sprintsOf,
  stageOf,
  todoOf,
} from './contextParts.ts';

const more = z.number().int().describe('How many more there are');

export const showContext = defineOperation({
  id: 'context',
  title: 'What to know now',
  summary:
    'Tells where your work stands: project, sprints, your todo and what was done before it, your stage, artifacts, questions and messages (which then count as read).',
  effect: 'write',
  permission: 'report',
  surfaces: everySurface,
  input: z.object({}),
  output: z.object({
    you: z.object({ name: z.string(), role: z.string().nullable(), access: accessLevel.nullable() }),
    project: project.pick({ id: true, slug: true, title: true, description: true, mode: true }).nullable(),
    sprint: sprintLine
      .extend({ goal: z.string(), acceptanceCriteria: sprint.shape.acceptanceCriteria })
      .nullable()
      .describe('The one that you work in'),
    sprints: z.object({ items: z.array(sprintLine.extend({ progress: sprintProgress })), more }),
    todo: todo
      .pick({
        id: true,
        title: true,
        description: true,
        status: true,
        priority: true,
        acceptanceCriteria: true,
        successCriteria: true,
      })
      .extend({
        before: z
          .array(todo.pick({ id: true, title: true, status: true, completionSummary: true }))
          .describe('What it waited for, with what was done there'),
        subtodos: z.object({ items: z.array(todoLine), more }),
      })
      .nullable(),
    openTodos: z
      .object({ items: z.array(todoLine), more })
      .describe('Of your sprint, else of your project or session'),
    stage: z
      .object({
        id: stageId,
        loop: loopId,
        name: z.string(),
        goal: z.string(),
        round: z.number().int(),
        maxIterations: z.number().int(),
        notes: z.string().nullable().describe('What a person asked to change'),
        findings: z.array(finding).describe('Of the round before'),
      })
      .nullable(),
    artifacts: z.object({ items: z.array(artifactLine), more }).describe('Those that changed last'),
    questions: z.array(messageLine).describe('They wait for your answer: message answer'),
    messages: z.object({ items: z.array(messageLine), more }).describe('Unread until now'),
  }),
  run(context) {
    const { caller } = context;
    const projectRow = projectOf(context);
    return ok({
      you: {
        name: caller.name,
        role: caller.kind === 'agent' ? caller.role : null,
        access: caller.kind === 'agent' ? caller.access : null,
      },
      project: projectRow,
      ...sprintsOf(context, projectRow?.id ?? null),
      todo: todoOf(context),
      openTodos: openTodosOf(context, projectRow?.id ?? null),
      stage: stageOf(context),
      artifacts: artifactsOf(context, projectRow?.id ?? null),
      ...messagesOf(context),
    });
  },
});
