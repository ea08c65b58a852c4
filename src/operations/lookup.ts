import { refuseNow } from '../base/result.ts';
import type { Caller } from '../domain/caller.ts';
import { projectId, type Noun, type ProjectId } from '../domain/ids.ts';
import type { Project } from '../domain/project/project.ts';
import type { Table } from '../domain/store.ts';
import type { OperationContext } from './operation.ts';

/** The row, or a refusal: what is out of the caller's reach looks the same as what never was. */
export function mustFind<T extends { readonly id: string }>(table: Table<T>, noun: Noun, id: T['id']): T {
  return (
    table.find(id) ??
    refuseNow('missing', `There is no ${noun} ${id} here.`, `List what there is: sloop ${noun} list.`)
  );
}

/** A project by id or slug. */
export function projectByRef(context: OperationContext, ref: string): Project {
  const byId = projectId.safeParse(ref);
  const found =
    (byId.success ? context.tables.project.find(byId.data) : undefined) ??
    context.tables.project.findBySlug(ref);
  return (
    found ??
    refuseNow('missing', `There is no project ${ref} here.`, 'List what there is: sloop project list.')
  );
}

/**
 * Where new rows belong when the input does not say: an agent's own project, for a person the active project
 * of their session.
 */
export function currentProject(context: OperationContext): ProjectId | null {
  const { caller, tables } = context;
  if (caller.kind === 'agent') return caller.projectId;
  if (caller.kind === 'person' && caller.sessionId !== null)
    return tables.session.find(caller.sessionId)?.projectId ?? null;
  return null;
}

/** The project that the input names, else the current one. */
export const chosenProject = (context: OperationContext, ref: string | undefined): ProjectId | null =>
  ref === undefined ? currentProject(context) : projectByRef(context, ref).id;

/** The same, where there must be one. */
export function requireProject(context: OperationContext, ref: string | undefined): ProjectId {
  return (
    chosenProject(context, ref) ??
    refuseNow(
      'invalid',
      'No project is named, and none is active.',
      'Name one, or make one active: sloop project switch SLUG.',
    )
  );
}

/** The session that new rows belong to. */
export const callerSession = (caller: Caller) => (caller.kind === 'system' ? null : caller.sessionId);
