import type * as vscode from 'vscode';

const key = 'sloop.seenVersions';

/** The newest version of each artifact that the person has looked at in this workspace: reviews begin there. */
export interface SeenVersions {
  of(artifact: string): number | null;
  saw(artifact: string, version: number): Promise<void>;
}

export const createSeenVersions = (state: vscode.Memento): SeenVersions => ({
  of: (artifact) => state.get<Record<string, number>>(key, {})[artifact] ?? null,
  async saw(artifact, version) {
    const seen = state.get<Record<string, number>>(key, {});
    if ((seen[artifact] ?? 0) < version) await state.update(key, { ...seen, [artifact]: version });
  },
});
