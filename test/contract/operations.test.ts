import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { idMeta, nouns } from '../../src/domain/ids.ts';
import { operations as table } from '../../src/operations/all.ts';
import type { Operation } from '../../src/operations/operation.ts';

const operations: readonly Operation[] = table;
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../src/operations');

interface Field {
  readonly name: string;
  /** The type without what makes it optional. */
  readonly type: z.core.$ZodType;
  readonly description: string | undefined;
}

/** Takes `optional`, `nullable` and `default` off, keeping the description wherever it was written. */
function fieldOf(name: string, schema: z.core.$ZodType): Field {
  let description: string | undefined;
  let type = schema;
  for (;;) {
    description ??= z.globalRegistry.get(type)?.description;
    const { def } = type._zod as { def: { innerType?: z.core.$ZodType } };
    if (!['optional', 'nullable', 'default'].includes(type._zod.def.type) || def.innerType === undefined)
      break;
    type = def.innerType;
  }
  return { name, type, description };
}

const fieldsOf = (object: z.ZodObject): readonly Field[] =>
  Object.entries(object.shape as Record<string, z.core.$ZodType>).map(([name, schema]) =>
    fieldOf(name, schema),
  );

const elementOf = (type: z.core.$ZodType): z.core.$ZodType =>
  type instanceof z.ZodArray ? fieldOf('', type.element).type : type;

/** A choice between words, and a yes or no, speak for themselves; so does an id. */
const speaksForItself = (type: z.core.$ZodType): boolean =>
  idMeta.get(type) !== undefined || type._zod.def.type === 'enum' || type._zod.def.type === 'boolean';

const isScalar = (type: z.core.$ZodType): boolean =>
  ['string', 'number', 'boolean', 'enum', 'literal', 'pipe', 'unknown'].includes(type._zod.def.type);

/** What every surface can carry: scalars, lists of scalars, flat maps. */
const isFlat = (type: z.core.$ZodType): boolean =>
  isScalar(type) ||
  (type instanceof z.ZodArray && isScalar(elementOf(type))) ||
  (type instanceof z.ZodRecord && isScalar(fieldOf('', type.valueType).type));

async function standing(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts') || entry === 'all.ts') continue;
    const exported = (await import(pathToFileURL(path.join(folder, entry)).href)) as Record<string, unknown>;
    for (const value of Object.values(exported)) if (isOperation(value)) found.set(value.id, entry);
  }
  return found;
}

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'id' in value && 'run' in value && 'input' in value;

/** Called by Sloop's own programs with an agent's token: what its hooks tell, and what waits for it. */
const behindAnAgent: readonly string[] = ['agent.hook', 'message.due', 'message.deliver'];

describe('the table of operations', () => {
  it('has every operation that stands in the folder, and no other', async () => {
    const found = await standing();
    assert.deepEqual([...found.keys()].toSorted(), operations.map(({ id }) => id).toSorted());
  });

  it('names each by a noun and a verb, or one word, once', () => {
    const names = operations.map(({ id }) => id);
    assert.deepEqual(new Set(names).size, names.length);
    for (const id of names) assert.match(id, /^[a-z]+(\.[a-z]+([A-Z][a-z]+)*)?$/);
    const known: readonly string[] = [...nouns, 'role', 'event', 'dispatch'];
    for (const id of names.filter((name) => name.includes('.')))
      assert.ok(known.includes(id.split('.')[0] ?? ''), `${id} begins with a noun`);
  });

  for (const operation of operations) {
    const { id, input, output, title, summary, effect, permission, surfaces, positional = [] } = operation;
    describe(id, () => {
      const fields = fieldsOf(input);

      it('says what it is', () => {
        assert.ok(title.length > 0 && title.length <= 60, title);
        assert.match(summary, /^[A-Z].*\.$/s);
        assert.ok(summary.length <= 250, `${summary.length} characters`);
      });

      it('describes its fields, or they speak for themselves', () => {
        if (permission === 'system') return;
        const silent = fields.filter(
          ({ type, description }) => description === undefined && !speaksForItself(elementOf(type)),
        );
        assert.deepEqual(
          silent.map(({ name }) => name),
          [],
        );
      });

      it('names its fields by nouns, not by their ids', () => {
        assert.deepEqual(
          fields.filter(({ name }) => /Ids?$/.test(name)).map(({ name }) => name),
          [],
        );
      });

      it('takes flat input, with at most one level of object lists', () => {
        // Bookkeeping is on no surface that would have to carry it.
        if (permission === 'system') return;
        for (const { name, type } of fields) {
          const element = elementOf(type);
          if (!(element instanceof z.ZodObject)) assert.ok(isFlat(type), `${name} is ${type._zod.def.type}`);
          else
            for (const inner of fieldsOf(element))
              assert.ok(isFlat(inner.type), `${name}.${inner.name} is not flat`);
        }
      });

      it('can be shown to agents and parsed from a command line', () => {
        const schema = z.toJSONSchema(input, { io: 'input' });
        assert.equal(schema.type, 'object');
        assert.ok(output instanceof z.ZodObject, 'returns an object');
        // Moments come out as they go in: the brand on them is for the compiler alone.
        z.toJSONSchema(output, { io: 'input' });
        for (const name of positional) assert.ok(name in input.shape, `${name} is no field`);
        for (const name of positional.slice(0, -1))
          assert.ok(
            !(fieldOf(name, input.shape[name] as z.ZodType).type instanceof z.ZodArray),
            `${name} is not last`,
          );
      });

      it('pages when it lists', () => {
        if (!/\.(list|search|ready|versions|comments|thread|inbox|log)$/.test(id) || surfaces.length === 0)
          return;
        for (const name of ['limit', 'after']) assert.ok(name in input.shape, `takes ${name}`);
        assert.ok(output instanceof z.ZodObject);
        for (const name of ['items', 'more', 'next']) assert.ok(name in output.shape, `returns ${name}`);
      });

      it('takes dryRun where it destroys, and only reads where it says so', () => {
        if (effect === 'destroy')
          assert.equal(fieldOf('', input.shape['dryRun'] as z.ZodType).type._zod.def.type, 'boolean');
        else assert.ok(!('dryRun' in input.shape));
        if (effect === 'read') assert.ok(permission === 'read' || permission === 'system');
        else assert.notEqual(permission, 'read');
      });

      it('is on no surface when it is bookkeeping, and on none of the agents’ when it is the person’s', () => {
        assert.equal(surfaces.length === 0, permission === 'system' || behindAnAgent.includes(id));
        if (permission === 'person') assert.ok(!surfaces.includes('mcp'));
      });
    });
  }
});
