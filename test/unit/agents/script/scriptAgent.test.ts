import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ScriptEvent } from '../../../../src/agents/script/events.ts';
import { runScriptAgent } from '../../../../src/agents/script/scriptAgent.ts';

describe('the scripted agent', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-script-agent-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(script: string | null, environment: Record<string, string> = {}, prompt = '') {
    const file = path.join(folder, 'play.yaml');
    if (script !== null) writeFileSync(file, script);
    const events: ScriptEvent[] = [];
    const code = await runScriptAgent({
      file,
      prompt,
      folder,
      environment,
      sloop: ['sloop'],
      emit: (event) => events.push(event),
      crash: () => undefined,
    });
    return { code, events };
  }

  it('tells its session first, and plays the part of its role and round with the values it was given', async () => {
    const { code, events } = await run(
      `
parts:
  - when: { role: coder, round: 1 }
    steps: [{ say: one }]
  - when: { role: coder, round: 2 }
    steps: [{ say: "{{goal}} / {{prompt}} / {{todo}}." }]
`,
      { SLOOP_SCRIPT_SESSION: 's-1', SLOOP_ROLE: 'coder', SLOOP_ROUND: '2', SLOOP_GOAL: 'Fix the sum' },
      'the prompt',
    );
    assert.equal(code, 0);
    assert.deepEqual(events, [
      { type: 'session', session: 's-1' },
      { type: 'say', text: 'Fix the sum / the prompt / .' },
      { type: 'end', text: 'Fix the sum / the prompt / .' },
    ]);
  });

  it('says what is missing: the file, a part for it, a step that reads', async () => {
    const reason = async (script: string | null) => {
      const { code, events } = await run(script, { SLOOP_ROLE: 'coder' });
      assert.equal(code, 2);
      return events.flatMap((event) => (event.type === 'error' ? [event.reason] : [])).join();
    };
    assert.match(await reason(null), /cannot be read: ENOENT/);
    assert.match(
      await reason('parts: [{ when: { role: plan }, steps: [] }]'),
      /has no part for .*"role":"coder"/,
    );
    assert.match(await reason('steps: [{ fly: 1 }]'), /play\.yaml:1 steps\.0\.fly is no field here/);
  });
});
