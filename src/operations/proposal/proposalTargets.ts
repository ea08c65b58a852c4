import { z } from 'zod';
import { refuseNow } from '../../base/result.ts';
import { artifactId, sprintId, todoId, type ProjectId, type SessionId } from '../../domain/ids.ts';
import type { Proposal } from '../../domain/proposal/proposal.ts';
import { updateArtifact } from '../artifact/changeArtifact.ts';
import { createArtifact } from '../artifact/createArtifact.ts';
import type { Operation, OperationContext } from '../operation.ts';
import { updateSprint } from '../sprint/changeSprint.ts';
import { createSprint } from '../sprint/createSprint.ts';
import { updateTodo } from '../todo/changeTodo.ts';
import { createTodos } from '../todo/createTodos.ts';

export type Target = Proposal['target'];
export type Values = Readonly<Record<string, unknown>>;

/** A proposal's target as it is now, its fields by the names that its update takes. */
export interface Present {
  readonly id: string;
  readonly projectId: ProjectId | null;
  readonly sessionId: SessionId | null;
  readonly values: Values;
}

/** How one kind of thing is proposed: through the same operations by which it is made and changed at once. */
interface TargetKind {
  readonly create: Operation;
  readonly update: Operation;
  /** The field that a proposal's content stands for. */
  readonly content: 'content' | 'plan' | 'description';
  /** Whether one of this kind must belong to a project. */
  readonly needsProject: boolean;
  find(context: OperationContext, id: string): Present | undefined;
}

const todoTarget: TargetKind = {
  create: createTodos,
  update: updateTodo,
  content: 'description',
  needsProject: false,
  find({ tables }, id) {
    const found = todoId.safeParse(id);
    const row = found.success ? tables.todo.find(found.data) : undefined;
    return row === undefined ? undefined : { ...row, values: row };
  },
};

const sprintTarget: TargetKind = {
  create: createSprint,
  update: updateSprint,
  content: 'plan',
  needsProject: true,
  find({ tables }, id) {
    const found = sprintId.safeParse(id);
    const row = found.success ? tables.sprint.find(found.data) : undefined;
    if (row === undefined) return undefined;
    const values = { ...row, ...row.retrospective, contract: row.contractArtifactId };
    return { id: row.id, projectId: row.projectId, sessionId: null, values };
  },
};

const artifactTarget: TargetKind = {
  create: createArtifact,
  update: updateArtifact,
  content: 'content',
  needsProject: false,
  find({ tables }, id) {
    const found = artifactId.safeParse(id);
    const row = found.success ? tables.artifact.find(found.data) : undefined;
    if (row === undefined) return undefined;
    return { ...row, values: { ...row, steps: row.metadata['steps'] ?? null } };
  },
};

export const proposalTarget: Readonly<Record<Target, TargetKind>> = {
  todo: todoTarget,
  sprint: sprintTarget,
  artifact: artifactTarget,
};

/** What a proposal says by fields of its own, or what only its acceptance decides. */
const notInMetadata = ['title', 'project', 'items', 'todo', 'sprint', 'artifact', 'basedOn', 'changeSummary'];

/**
 * Other fields of the target, checked against what its create or update takes. Fields that it does not take are
 * refused by name.
 */
export function checkMetadata(target: Target, isNew: boolean, metadata: Values): Values {
  const kind = proposalTarget[target];
  const operation = isNew ? kind.create : kind.update;
  const shape = operation.input.shape as Record<string, z.ZodType>;
  const reserved = notInMetadata.filter((name) => !isNew || (name !== 'sprint' && name !== 'artifact'));
  const allowed = Object.keys(shape).filter((name) => name !== kind.content && !reserved.includes(name));
  const unknown = Object.keys(metadata).filter((name) => !allowed.includes(name));
  if (unknown.length > 0)
    refuseNow(
      'invalid',
      `${isNew ? 'A new' : 'A change of a'} ${target} has no field ${unknown.join(', ')} in its metadata.`,
      `There are: ${allowed.join(', ')}. Title and content are fields of the proposal itself.`,
    );
  const checked = z.object(pick(shape, Object.keys(metadata))).safeParse(metadata);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  return refuseNow(
    'invalid',
    `${issue?.path.join('.') ?? 'metadata'}: ${issue?.message ?? 'does not fit'}.`,
    `Give it as ${operation.id} takes it.`,
  );
}

const pick = (shape: Record<string, z.ZodType>, names: readonly string[]): Record<string, z.ZodType> =>
  Object.fromEntries(names.flatMap((name) => (shape[name] === undefined ? [] : [[name, shape[name]]])));
