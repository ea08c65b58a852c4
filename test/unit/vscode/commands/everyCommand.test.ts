import assert from 'node:assert/strict';
import type { Client } from '../../../../src/operations/client.ts';
import { operations } from '../../../../src/operations/all.ts';
import type { Operation } from '../../../../src/operations/operation.ts';
import { askInput } from '../../../../src/vscode/commands/askInput.ts';
import { byHand, byHandOf, type ByHandId } from '../../../../src/vscode/commands/byHand.ts';
import { commandContributions } from '../../../../src/vscode/commands/contributions.ts';
import { fieldNames, fieldOf, requiredFields } from '../../../../src/vscode/commands/fields.ts';
import { notByHand } from '../../../../src/vscode/commands/notByHand.ts';
import { askedOf } from '../../../../src/vscode/commands/steps.ts';
import { agreeablePerson } from '../../../support/scriptedPerson.ts';
import { aBusyWorkspace } from '../../../support/busyWorkspace.ts';

const table: readonly Operation[] = operations;
const ofPalette = table.filter(({ surfaces }) => surfaces.includes('palette'));
const operationOf = (id: string) => table.find((one) => one.id === id) as Operation;
const window = {
  folders: () => ['/folder'],
  texts: () => [{ label: 'All of plan.md', value: '- [ ] a step' }],
  providers: () => Promise.resolve([{ label: 'Claude Code', value: 'claude' }]),
};

describe('operations by hand', () => {
  it('are all of the palette that have no reason not to be', () => {
    const decided = [...Object.keys(byHand), ...Object.keys(notByHand)];
    assert.deepEqual(decided.toSorted(), ofPalette.map(({ id }) => id).toSorted());
  });

  it('are commands with the titles of their operations', () => {
    const titles = new Map(commandContributions.commands?.map(({ command, title }) => [command, title]));
    for (const id of Object.keys(byHand))
      assert.equal(titles.get(`sloop.${id}`)?.toLowerCase(), operationOf(id).title.toLowerCase());
    assert.equal(titles.get('sloop.artifact.stage'), 'Change the Stage of Artifacts');
  });

  for (const id of Object.keys(byHand) as ByHandId[]) {
    const operation = operationOf(id);
    const hand = byHandOf(id);

    it(`${id}: asks for everything that is required, and for fields that there are`, () => {
      const asked = askedOf(operation, hand);
      const names = asked.map(({ field }) => field);
      for (const name of requiredFields(operation))
        assert.ok(names.includes(name), `${name} is not asked for`);
      for (const { field, aside } of asked) if (aside === undefined) fieldOf(operation, field);
      for (const name of [...Object.keys(hand.rows ?? {}), ...(hand.changes ?? [])])
        assert.ok(
          [...fieldNames(operation), ...names].includes(name),
          `${name} is narrowed or changed and is no field`,
        );
      for (const name of hand.changes ?? [])
        assert.notEqual(fieldOf(operation, name).of.kind, 'data', `${name} cannot be typed`);
    });

    it(`${id}: what an agreeable person says is accepted, or refused for a state`, async () => {
      const { host, person } = await aBusyWorkspace();
      try {
        const client: Client = host.executor.clientFor(person, 'view');
        const asked = await askInput({
          client,
          prompter: agreeablePerson,
          window,
          operation,
          hand,
          prefilled: {},
        });
        assert.equal(asked.kind, 'input', JSON.stringify(asked));
        if (asked.kind !== 'input') return;
        const result = await client.executeNamed(id, asked.input);
        if (!result.ok)
          assert.notEqual(
            result.refusal.code,
            'invalid',
            `${JSON.stringify(asked.input)}: ${result.refusal.message}`,
          );
      } finally {
        host.dispose();
      }
    });
  }
});
