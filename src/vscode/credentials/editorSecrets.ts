import type * as vscode from 'vscode';
import type { Secrets } from '../../domain/secrets/secrets.ts';

/** The editor's own secret storage, which all its windows share. */
export const editorSecrets = (storage: vscode.SecretStorage): Secrets => ({
  get: async (key) => storage.get(key),
  set: async (key, value) => storage.store(key, value),
  delete: async (key) => storage.delete(key),
});
