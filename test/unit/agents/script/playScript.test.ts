import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ScriptEvent } from '../../../../src/agents/script/events.ts';
import { playScript } from '../../../../src/agents/script/playScript.ts';
import { readScript } from '../../../../src/agents/script/script.ts';

/** Echoes its words and keeps what it reads. */
const pretendedSloop =
  'const fs = require("fs"); fs.writeFileSync("read", fs.readFileSync(0)); console.log(process.argv.slice(1).join(" "))';

describe('playing a script', () => {
  let folder = '';
  let events: ScriptEvent[] = [];
  let calls: [string, unknown][] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-script-'));
    events = [];
    calls = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function play(text: string): Promise<number> {
    const checked = readScript('play.yaml', text);
    if ('problems' in checked) throw new Error(checked.problems.join('\n'));
    return playScript({
      steps: checked.value.steps ?? [],
      folder,
      values: new Map([['goal', 'add']]),
      emit: (event) => events.push(event),
      bridge: () =>
        Promise.resolve({
          call(operation, input) {
            calls.push([operation, input]);
            return Promise.resolve({ failed: operation === 'todo.claim', text: `${operation} answers` });
          },
          close: () => Promise.resolve(),
        }),
      sloop: [process.execPath, '-e', pretendedSloop, '--'],
      crash: () => undefined,
    });
  }

  const said = () => events.flatMap((event) => (event.type === 'say' ? [event.text] : []));
  const errors = () => events.flatMap((event) => (event.type === 'error' ? [event.reason] : []));

  it('edits files by writing, appending and replacing', async () => {
    const code = await play(`
steps:
  - edit: { file: src/a.txt, write: "one\\n" }
  - edit: { file: src/a.txt, append: "two $& {{goal}}\\n" }
  - edit: { file: src/a.txt, replace: one, with: "$1 one" }
`);
    assert.deepEqual([code, errors()], [0, []]);
    assert.equal(readFileSync(path.join(folder, 'src/a.txt'), 'utf8'), '$1 one\ntwo $& add\n');
  });

  it('touches nothing outside of the working folder', async () => {
    assert.equal(await play('steps: [{ edit: { file: ../x.txt, write: x } }]'), 1);
    assert.match(errors().join(), /outside of the working folder/);
  });

  it('ends with 1 and the reason when a replacement or a command fails', async () => {
    writeFileSync(path.join(folder, 'a'), 'x');
    assert.equal(await play('steps: [{ edit: { file: a, replace: y, with: z } }, { say: never }]'), 1);
    assert.equal(
      await play(`steps: [{ run: { command: [node, -e, 'console.error("no"); process.exit(2)'] } }]`),
      1,
    );
    assert.match(errors()[0] ?? '', /a does not contain: y/);
    assert.match(errors()[1] ?? '', /failed: no/);
    assert.deepEqual(said(), []);
  });

  it('goes on by what a command returned', async () => {
    const script = (code: number) => `
steps:
  - run: { command: [node, -e, 'process.exit(${code})'], as: tests, expect: any }
  - { if: { passed: tests }, say: green }
  - { if: { failed: tests }, say: red }
`;
    await play(script(0));
    await play(script(1));
    assert.deepEqual(said(), ['green', 'red']);
  });

  it('calls operations through the bridge, and holds them to what is expected', async () => {
    const code = await play(`
steps:
  - mcp: { operation: todo.list, input: { sprint: "{{goal}}" }, as: todos }
  - say: "{{todos}}"
  - mcp: { operation: todo.claim, expect: failure }
  - finish: { summary: s, verdict: approved }
  - mcp: { operation: todo.claim }
`);
    assert.equal(code, 1);
    assert.deepEqual(calls.slice(0, 3), [
      ['todo.list', { sprint: 'add' }],
      ['todo.claim', {}],
      ['stage.finish', { summary: 's', verdict: 'approved' }],
    ]);
    assert.deepEqual(said(), ['todo.list answers']);
    assert.match(errors().join(), /todo\.claim failed/);
  });

  it('uses the command line: words, asking, and finishing with its input as JSON', async () => {
    await play(`
steps:
  - ask: { question: Which one?, to: person, as: answer }
  - say: "{{answer}}"
  - cli: { words: [todo, list], as: list }
  - say: "{{list}}"
  - finish: { summary: s, verdict: changes_requested, findings: [{ title: t }], through: cli }
`);
    assert.deepEqual(said(), ['ask --to person Which one?', 'todo list']);
    const read = JSON.parse(readFileSync(path.join(folder, 'read'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(
      [read['verdict'], (read['findings'] as { title: string }[])[0]?.title],
      ['changes_requested', 't'],
    );
  });

  it('ends with the code that it names, after its last words', async () => {
    assert.equal(await play('steps: [{ say: bye }, { exit: 4 }, { say: never }]'), 4);
    assert.deepEqual(events.at(-1), { type: 'end', text: 'bye' });
  });
});
