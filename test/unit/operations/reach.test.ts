import assert from 'node:assert/strict';
import type { Result } from '../../../src/base/result.ts';
import type { Caller } from '../../../src/domain/caller.ts';
import type { SessionId, TodoId } from '../../../src/domain/ids.ts';
import { accessLevels } from '../../../src/domain/role/role.ts';
import { operations as table } from '../../../src/operations/all.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { aTodo } from '../../support/builders.ts';
import { inputsFor, type AimedInput } from '../../support/inputsFor.ts';
import { refusalOf, type TestHost } from '../../support/testHost.ts';
import { createTwoProjects, type FilledProject } from '../../support/twoProjects.ts';

const operations: readonly Operation[] = table;

/** Fields that make the plain input one that the filled project allows. */
const presets: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'todo.create': { title: 'x' },
  'sprint.transition': { status: 'review' },
  'artifact.stage': { stage: 'draft' },
  'agent.start': { role: 'coder', prompt: 'x', provider: 'command' },
  'agent.observe': { observations: [] },
  report: { text: 'x' },
  'role.show': { role: 'coder' },
  'message.ask': { to: 'person' },
  'message.send': { to: 'person' },
  'loop.start': { definition: 'harness', provider: 'command' },
  'stage.finish': { verdict: 'approved' },
  'account.add': { provider: 'claude', kind: 'folder' },
  'proposal.create': { target: 'todo', title: 'x' },
};

/** What the state of the filled project forbids, whoever asks; every other plain input must succeed. */
const refusedByState: readonly string[] = [
  'agent.delete',
  'agent.dismiss',
  'agent.resume',
  'artifact.move',
  'artifact.reopenComment',
  'artifact.restore',
  'loop.resume',
  'loop.start',
  'message.withdraw',
  'session.close',
  'sprint.delete',
  'sprint.depend',
  'sprint.undepend',
  'todo.depend',
  'todo.release',
  'todo.reopen',
  'todo.undepend',
];

/** Equal lists; says only what differs, because the lists are long. */
function assertSame(now: readonly string[], before: readonly string[], what: string): void {
  const differing = [
    ...now.filter((row) => !before.includes(row)).map((row) => `+ ${row}`),
    ...before.filter((row) => !now.includes(row)).map((row) => `- ${row}`),
  ];
  assert.ok(differing.length === 0 && now.length === before.length, `${what}:\n${differing.join('\n')}`);
}

describe('reach', () => {
  let host: TestHost;
  let a: FilledProject;
  let b: FilledProject;
  beforeEach(async () => {
    ({ host, a, b } = await createTwoProjects());
  });
  afterEach(() => host.dispose());

  const everyRow = (): readonly string[] => {
    const tables = host.database
      .all(`SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`, [])
      .map((row) => String(row['name']))
      // The rows of the full-text index are no rows of anybody; search itself is called below.
      .filter((name) => !/_search|^sqlite_/.test(name));
    return tables.flatMap((name) =>
      host.database.all(`SELECT * FROM "${name}"`, []).map((row) => `${name} ${JSON.stringify(row)}`),
    );
  };
  const isOfB = (text: string): boolean =>
    text.includes(b.mark) || Object.values(b.ids).some((id) => text.includes(id));

  /** Runs one call, says what it returned and what the rows were after it, and undoes it. */
  async function tried(caller: Caller, operation: Operation, { input }: AimedInput) {
    host.database.run('SAVEPOINT fuzz', []);
    try {
      const result: Result<unknown> = await host.executor.execute(caller, 'mcp', operation.id, input);
      return { result, rows: everyRow() };
    } catch (error) {
      throw new Error(`${operation.id} ${JSON.stringify(input)}`, { cause: error });
    } finally {
      host.database.run('ROLLBACK TO fuzz', []);
      host.database.run('RELEASE fuzz', []);
    }
  }

  /** What a caller sees beyond what they said themselves. */
  const shown = (result: Result<unknown>, { input }: AimedInput, at: FilledProject = b): string => {
    const given = JSON.stringify(input);
    const said = [...Object.values(at.ids), ...Object.values(at.names), at.mark].filter((text) =>
      given.includes(text),
    );
    if (result.ok) return JSON.stringify(result.value);
    const { code, message, next } = result.refusal;
    return said
      .toSorted((left, right) => right.length - left.length)
      .reduce((text, mine) => text.replaceAll(mine, '…'), `${code}: ${message} ${next}`);
  };

  /** The same without the numbers that count up from call to call. */
  const lasting = (text: string): string => text.replace(/\d+/g, '#');

  for (const access of accessLevels)
    it(`of an agent with ${access} access ends at its project, whatever it calls and names`, async () => {
      const before = everyRow();
      const beforeOfB = before.filter(isOfB);
      assert.ok(beforeOfB.length > 15);
      const caller = { ...a.agent, access };
      for (const operation of operations) {
        const { base, aimed } = inputsFor(operation, a, b, presets[operation.id]);
        for (const attempt of [base, ...aimed]) {
          const { result, rows } = await tried(caller, operation, attempt);
          const what = `${operation.id} ${JSON.stringify(attempt.input)}`;
          assert.ok(!isOfB(shown(result, attempt)), `${what} shows ${JSON.stringify(result)}`);
          assertSame(rows.filter(isOfB), beforeOfB, `${what} changes rows of the other project`);
          const mayWrite = access === 'full' || ['report', 'comment'].includes(operation.permission);
          if (!mayWrite || operation.effect === 'read' || !result.ok)
            assertSame(rows, before, `${what} changes something`);
        }
      }
      assertSame(everyRow(), before, 'the fuzzing leaves nothing behind');
    });

  it('without a project is the session alone, and no session reaches another’s', async () => {
    const loose = 'bloose00' as TodoId;
    await host.tables((tables) => {
      const session = tables.session.find(a.agent.sessionId);
      assert.ok(session);
      tables.session.insert({ ...session, id: 'session0free' as SessionId, title: 'Free', projectId: null });
      tables.todo.insert(aTodo({ id: loose, title: b.mark, sessionId: b.ids.session as SessionId }));
    });
    assert.equal(refusalOf(await host.as(a.agent, 'todo.show', { todo: loose })).code, 'missing');
    const free: Caller = {
      ...a.agent,
      sessionId: 'session0free' as SessionId,
      projectId: null,
      sprintId: null,
      stageId: null,
      loopId: null,
    };
    // The agent's own name and id were made for project a; its notes and events carry them.
    const withoutItself = (text: string) => text.replaceAll(free.name, '…').replaceAll(a.ids.agent, '…');
    const isForeign = (text: string) => {
      const rest = withoutItself(text);
      return isOfB(rest) || rest.includes(a.mark) || rest.includes(a.ids.project);
    };
    const before = everyRow().filter(isForeign);
    for (const operation of operations)
      for (const away of [a, b]) {
        const { base, aimed } = inputsFor(operation, away, away, presets[operation.id]);
        for (const attempt of [base, ...aimed]) {
          const { result, rows } = await tried(free, operation, attempt);
          const what = `${operation.id} ${JSON.stringify(attempt.input)}`;
          const plain = shown(result, attempt, away);
          assert.ok(!isForeign(plain), `${what} shows ${plain}`);
          assertSame(rows.filter(isForeign), before, `${what} changes foreign rows`);
        }
      }
  });

  it('makes what lies beyond it look like what never was', async () => {
    const nowhere: FilledProject = {
      ...b,
      mark: 'nowhere',
      ids: Object.fromEntries(
        Object.entries(b.ids).map(([noun, id]) => [noun, `x${id.slice(1)}`]),
      ) as FilledProject['ids'],
      names: { project: 'nowhere-project', repository: 'nowhere-repository', agent: 'nowhere-agent' },
    };
    for (const operation of operations) {
      const there = inputsFor(operation, a, b, presets[operation.id]).aimed;
      const never = inputsFor(operation, a, nowhere, presets[operation.id]).aimed;
      assert.equal(there.length, never.length);
      for (const [index, attempt] of there.entries()) {
        const other = never[index];
        assert.ok(other);
        const { result } = await tried(a.agent, operation, attempt);
        const { result: ofNothing } = await tried(a.agent, operation, other);
        assert.equal(
          lasting(shown(result, attempt)),
          lasting(shown(ofNothing, other, nowhere)),
          `${operation.id} ${JSON.stringify(attempt.input)}`,
        );
      }
    }
  });

  it('is tested with inputs that would succeed within it', async () => {
    const refused: string[] = [];
    for (const operation of operations) {
      if (!operation.surfaces.includes('mcp')) continue;
      const { base } = inputsFor(operation, a, b, presets[operation.id]);
      const { result } = await tried(a.agent, operation, base);
      if (!result.ok && !refusedByState.includes(operation.id))
        refused.push(`${operation.id}: ${result.refusal.message}`);
    }
    assert.deepEqual(refused, []);
  });

  it('is tested with inputs that do reach the other project where the caller may', async () => {
    const { sessionId } = a.agent;
    const person: Caller = { kind: 'person', name: 'person', sessionId };
    const before = everyRow().filter(isOfB);
    const blind: string[] = [];
    for (const operation of operations) {
      const { aimed } = inputsFor(operation, a, b, presets[operation.id]);
      if (operation.permission === 'system' || aimed.length === 0) continue;
      const outcomes = [];
      for (const attempt of aimed) outcomes.push({ attempt, ...(await tried(person, operation, attempt)) });
      const reached = outcomes.some(
        ({ attempt, result, rows }) =>
          isOfB(shown(result, attempt)) ||
          JSON.stringify(rows.filter(isOfB)) !== JSON.stringify(before) ||
          // Refused for the row's state: so the row was looked at.
          (!result.ok && !/^There is no /.test(result.refusal.message)),
      );
      if (!reached)
        blind.push(`${operation.id}: ${outcomes.map(({ result }) => JSON.stringify(result)).join(' | ')}`);
    }
    assert.deepEqual(blind, []);
  });
});
