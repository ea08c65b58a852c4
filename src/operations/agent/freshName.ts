import { refuseNow } from '../../base/result.ts';
import type { OperationContext } from '../operation.ts';

const mostTries = 50;

/** A name that no agent of the workspace has or had, within the caller's reach or not. */
export function freshName({ names, tables }: OperationContext): string {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const name = names.next();
    if (!tables.agent.isNameTaken(name)) return name;
  }
  return refuseNow(
    'unavailable',
    `No free name for an agent after ${mostTries} tries.`,
    'Delete agents of the past: sloop agent delete.',
  );
}
