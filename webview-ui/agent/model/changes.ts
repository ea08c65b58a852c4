import type { ChangedFile } from '../../../src/protocol/agent.ts';

/** Lines that went in and out, of files that are text. */
export const changeTotals = (files: readonly ChangedFile[]) => ({
  added: files.reduce((sum, { added }) => sum + (added ?? 0), 0),
  removed: files.reduce((sum, { removed }) => sum + (removed ?? 0), 0),
});

/** A path as name and folder, for a row in which the name matters more. */
export function placeOf(path: string): { readonly name: string; readonly folder: string } {
  const at = path.lastIndexOf('/');
  return { name: path.slice(at + 1), folder: at < 0 ? '' : path.slice(0, at) };
}
