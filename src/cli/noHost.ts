import { findStore } from '../gateway/client/findHost.ts';
import { workspaceOf } from '../gateway/client/registry.ts';
import type { Terminal } from './terminal.ts';

/** What to do where no host answers. */
export function noHostText({ cwd, env }: Terminal): string {
  const workspace = workspaceOf(cwd);
  const known = findStore(cwd, env) !== undefined;
  return [
    known
      ? `No Sloop host is running for ${workspace}.`
      : `Sloop has not been used in ${workspace} yet, so no host is running.`,
    `Start one: sloop serve --workspace ${quoted(workspace)}, or open the folder in VS Code.`,
    '',
  ].join('\n');
}

const quoted = (text: string): string =>
  /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
