import { expectOk, Refused } from '../../base/result.ts';
import { operations } from '../../operations/all.ts';
import type { Operation } from '../../operations/operation.ts';
import { askInput } from './askInput.ts';
import { byHandOf, type ByHand, type ByHandId } from './byHand.ts';
import type { Desk } from './desk.ts';
import { commandIds } from '../commandIds.ts';
import { requiredFields } from './fields.ts';
import { doneLine, nounOf, rowsOf, takenAlong } from './outcome.ts';
import { prefillFrom } from './prefill.ts';
import { providerChoices } from './providerChoices.ts';
import { openRow, pickAndOpen, showAnswer } from './showOutcome.ts';
import { sayNothingToChoose, sayRefusal } from './sayRefusal.ts';

/**
 * Runs an operation as its person: asks for what it needs, has what is destroyed confirmed, says what came of it.
 * `args` are the command's; `preset` is what the settings say, for fields that nothing else says. This is the heavy
 * half of the commands, with the operations and their schemas: it is loaded at the first use and sees no `vscode`.
 */
export async function runByHand(
  desk: Desk,
  id: ByHandId,
  args: readonly unknown[],
  preset: Readonly<Record<string, unknown>>,
): Promise<void> {
  const operation: Operation | undefined = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`no operation ${id}`);
  try {
    await run(desk, operation, byHandOf(id), { ...preset, ...prefillFrom(operation, args) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    sayRefusal(desk, error.refusal, {});
  }
}

async function run(
  desk: Desk,
  operation: Operation,
  hand: ByHand,
  prefilled: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { client } = desk;
  const window = { folders: () => desk.folders(), texts: () => desk.texts(), providers: providerChoices };
  const asked = await desk.ask(operation.title, (prompter) =>
    askInput({ client, prompter, window, operation, hand, prefilled, remembered: desk.recall(operation.id) }),
  );
  if (asked.kind === 'cancelled') return;
  if (asked.kind === 'nothing') return sayNothingToChoose(desk, operation, asked.field);
  const { input, about } = asked;
  if ('shows' in hand && (hand.shows === 'row' || hand.shows === 'log')) {
    const noun = nounOf(operation);
    const ref = input[requiredFields(operation)[0] ?? noun];
    return hand.shows === 'log' ? desk.runCommand(commandIds.openAgentLog, ref) : openRow(desk, noun, ref);
  }
  if (operation.effect === 'destroy' && !(await confirmed(desk, operation, input, about))) return;
  const result = await client.executeNamed(operation.id, input);
  if (!result.ok) return sayRefusal(desk, result.refusal, input);
  if ('remembers' in hand && hand.remembers !== undefined)
    desk.remember(operation.id, Object.fromEntries(hand.remembers.map((name) => [name, input[name]])));
  if ('shows' in hand)
    return hand.shows === 'rows'
      ? pickAndOpen(desk, operation, result.value)
      : showAnswer(desk, operation, about, result.value);
  desk.sayDone(doneLine(operation, hand, result.value, about));
  // Several at once, as a plan makes them, are shown by the first.
  const [row] = rowsOf(result.value);
  if (hand.opens === true && row !== undefined) await openRow(desk, nounOf(operation), row['id']);
}

/** Says what would go, as the operation's own dry run tells it, and asks whether it may. */
async function confirmed(
  desk: Desk,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  about: readonly string[],
): Promise<boolean> {
  const dryRun = expectOk(await desk.client.executeNamed(operation.id, { ...input, dryRun: true }));
  const verb = operation.title.split(' ')[0] ?? operation.title;
  const what =
    about.length === 0 ? operation.title : `${verb} ${about.map((name) => `“${name}”`).join(', ')}`;
  const detail = [...takenAlong(operation, dryRun), 'This cannot be undone.'].join('\n');
  return desk.confirm(`${what}?`, detail, verb);
}
