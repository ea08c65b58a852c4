import type {
  Answer,
  Choice,
  PickQuestion,
  Prompter,
  TextQuestion,
} from '../../src/vscode/commands/prompter.ts';

/** What a scripted person answers to a question: a text or the label of a choice, several labels, or a way out. */
export type Reply = string | readonly string[] | { readonly kind: 'back' | 'cancelled' };

export interface ScriptedPerson extends Prompter {
  /** Titles, steps and questions, as they were asked. */
  readonly asked: (PickQuestion | TextQuestion)[];
}

/** Answers questions in order. A choice that is not listed and a text that is refused fail the test. */
export function scriptedPerson(replies: readonly Reply[]): ScriptedPerson {
  const asked: (PickQuestion | TextQuestion)[] = [];
  const next = (question: PickQuestion | TextQuestion): Reply => {
    asked.push(question);
    const reply = replies[asked.length - 1];
    if (reply === undefined) throw new Error(`not expected: ${question.title} / ${question.placeholder}`);
    return reply;
  };
  return {
    asked,
    pick(question) {
      const reply = next(question);
      if (isWayOut(reply)) return Promise.resolve(reply);
      const labels = typeof reply === 'string' ? [reply] : reply;
      return Promise.resolve({ kind: 'given', value: labels.map((label) => choiceIn(question, label)) });
    },
    text(question) {
      const reply = next(question);
      if (isWayOut(reply)) return Promise.resolve(reply);
      const problem = question.problem(String(reply));
      if (problem !== undefined) throw new Error(`${question.placeholder}: ${problem}`);
      return Promise.resolve({ kind: 'given', value: String(reply) });
    },
  };
}

const isWayOut = (reply: Reply): reply is { readonly kind: 'back' | 'cancelled' } =>
  typeof reply === 'object' && 'kind' in reply;

function choiceIn({ listed, placeholder }: PickQuestion, label: string): Choice {
  const found = listed.choices.find((choice) => choice.label === label);
  if (found !== undefined) return found;
  const labels = listed.choices.map((choice) => choice.label);
  throw new Error(`${placeholder}: no ${label} among ${labels.join(', ')}`);
}

const texts = ['some words', '1', '2027-01-31', 'words-in-lower-case', '/folder'];

/** Answers everything with the last thing that is listed, or the first text that is accepted. */
export const agreeablePerson: Prompter = {
  pick({ listed, many }): Promise<Answer<readonly Choice[]>> {
    const last = listed.choices.at(-1);
    if (last === undefined) return Promise.resolve({ kind: 'given', value: [] });
    const chosen = last.browse === undefined ? last : { label: '/chosen', value: '/chosen' };
    return Promise.resolve({ kind: 'given', value: many ? listed.choices : [chosen] });
  },
  text({ problem, placeholder }): Promise<Answer<string>> {
    const value = texts.find((text) => problem(text) === undefined);
    if (value === undefined) throw new Error(`${placeholder}: nothing is accepted`);
    return Promise.resolve({ kind: 'given', value });
  },
};
