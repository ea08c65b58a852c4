import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { agentCliBin, agentCliFolder } from '../../scripts/installAgentClis.mjs';

let known: { readonly fault: string | undefined } | undefined;

/** Why Codex's sandbox does not work on this machine (it needs user namespaces); undefined where it does. */
export function codexSandboxFault(): string | undefined {
  known ??= { fault: lookForFault() };
  return known.fault;
}

function lookForFault(): string | undefined {
  const home = mkdtempSync(path.join(agentCliFolder, 'home-'));
  try {
    const { status, stderr, error } = spawnSync(path.join(agentCliBin, 'codex'), ['sandbox', '--', 'true'], {
      env: { PATH: process.env['PATH'], HOME: home, CODEX_HOME: home },
      encoding: 'utf8',
      timeout: 30_000,
    });
    if (status === 0) return undefined;
    return error?.message ?? stderr.trim().split('\n').at(-1) ?? `exit code ${status}`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Arguments of a person's own that let Codex work where its sandbox cannot: what does not test the sandbox itself
 * is tested all the same.
 */
export const withoutSandbox = (): readonly string[] =>
  codexSandboxFault() === undefined ? [] : ['--dangerously-bypass-approvals-and-sandbox'];

/** Leaves out a test of what the sandbox (or the approvals that go with it) holds where it cannot; the title says so. */
export function needsCodexSandbox(context: Mocha.Context): void {
  const fault = codexSandboxFault();
  if (fault === undefined) return;
  if (context.test !== undefined)
    context.test.title += ` (left out, Codex’s sandbox does not work here: ${fault})`;
  context.skip();
}
