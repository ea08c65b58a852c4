import { ok, refuse } from '../../base/result.ts';
import { scriptEvent, type ScriptEvent } from '../script/events.ts';
import { eventOf } from './jsonLine.ts';
import type { Observation } from './observation.ts';
import type { ProcessEnd, Provider, StreamParser } from './provider.ts';

/**
 * The built-in scripted agent. It needs no account and no network, and goes through the same doors as a real one:
 * launch, token, bridge, CLI, event stream. Its program is Sloop itself.
 */
export const scriptProvider: Provider = {
  id: 'script',
  title: 'Scripted agent',
  install: 'It comes with Sloop.',
  streams: true,
  // Nothing of it needs a credential; it has them so that what hands accounts over can be played through.
  accounts: { variables: ['SCRIPT_API_KEY'], folderVariable: 'SCRIPT_CONFIG_DIR' },
  resumesAcrossAccounts: true,
  detect: () => Promise.resolve({ found: true, executable: process.execPath, version: undefined }),
  launch({ bridge, environment, session, form, prompt, access, limits, model, effort }) {
    const file = environment['SLOOP_SCRIPT'];
    if (file === undefined)
      return refuse('invalid', 'There is no script to play.', 'Name a YAML file: --script FILE.');
    // The bridge is `sloop mcp`: the same program without its last word is `sloop`.
    const sloop = bridge.args.slice(0, -1);
    return ok({
      argv: [bridge.command, ...sloop, 'script-agent', file],
      environment: { ...bridge.env, ...bridge.secretEnv, SLOOP_SCRIPT_SESSION: session.id },
      unset: [],
      stdin: form === 'interactive' ? { kind: 'terminal' } : { kind: 'text', text: prompt },
      files: [],
      providerSessionId: session.id,
      cannot: [
        ...(access === 'full' ? [] : ['A script is not kept from changing files: it does what it says.']),
        ...(limits.turns === undefined ? [] : ['A script has no turns to limit.']),
        ...(model === undefined && effort === undefined ? [] : ['A script uses no model.']),
      ],
    });
  },
  parser: () => new ScriptStream(),
};

const failed = ({ failure, reason, until }: Extract<ScriptEvent, { type: 'error' }>): Observation => ({
  kind: 'failed',
  failure: failure ?? 'other',
  reason,
  ...(until === undefined ? {} : { until }),
});

class ScriptStream implements StreamParser {
  #failed = false;

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const event = eventOf(scriptEvent, line);
    if (event === undefined) return [{ kind: 'unknown', raw: line }];
    switch (event.type) {
      case 'session':
        return [{ kind: 'session', providerSessionId: event.session }];
      case 'say':
        return [{ kind: 'said', text: event.text }];
      case 'use':
        return [{ kind: 'used', tool: event.tool, summary: event.summary }];
      case 'denied':
        return [{ kind: 'denied', tool: event.tool, reason: event.reason }];
      case 'usage': {
        const { inputTokens, outputTokens, costUsd } = event;
        return [{ kind: 'usage', usage: { inputTokens, outputTokens, costUsd } }];
      }
      case 'error':
        this.#failed = true;
        return [failed(event)];
      case 'end':
        return [{ kind: 'ended', ...(event.text === null ? {} : { text: event.text }) }];
    }
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    if (this.#failed || exitCode === 0) return [];
    const how = signal === null ? `exit code ${exitCode ?? 'unknown'}` : signal;
    const last = stderrTail.trim().split('\n').at(-1) ?? '';
    const reason = `The scripted agent ended with ${how}${last === '' ? '' : `: ${last}`}.`;
    return [{ kind: 'failed', failure: 'other', reason }];
  }
}
