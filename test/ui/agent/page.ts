import type { Scenario } from './scenarios.ts';

interface Played {
  readonly scenario: Scenario;
  readonly state: unknown;
  /** Class of the body, as VS Code sets it. */
  readonly theme: string;
}

/**
 * Runs in the page before the view: plays the extension for one scenario. What the view asks is kept as `asked`;
 * `change(next)` puts other facts in place and tells the view.
 */
export function playExtension({ scenario, state, theme }: Played): void {
  interface Page extends EventTarget {
    asked: { name: string; argument: unknown }[];
    change(next: Partial<Scenario>): void;
    kept: unknown;
    document: { body: { className: string } };
    acquireVsCodeApi: unknown;
  }
  const page = globalThis as unknown as Page;
  let facts = scenario;
  page.asked = [];
  page.addEventListener('DOMContentLoaded', () => {
    page.document.body.className = theme;
  });
  page.kept = state;
  const shift = Date.now() - Date.parse(facts.now);
  const later = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
      typeof one === 'string' && /^\d{4}-\d\d-\d\dT/.test(one)
        ? new Date(Date.parse(one) + shift).toISOString()
        : one,
    ) as T;
  const ok = (value: unknown) => ({ ok: true, value: later(value) });
  const no = (message: string) => ({
    ok: false,
    refusal: { code: 'missing', message, next: 'List them: sloop agent list.' },
  });
  const list = (items: readonly unknown[]) => ok({ items, more: 0, next: null });

  /** As the operation pages: from a piece on, in either direction, with words in it. */
  function logPage(input: { newest?: boolean; after?: string; text?: string; limit: number }): unknown {
    const text = input.text?.toLowerCase();
    const after = input.after === undefined ? null : Number(input.after);
    const matching = facts.log.filter(
      ({ sequence, content }) =>
        (text === undefined || content.toLowerCase().includes(text)) &&
        (after === null || (input.newest === true ? sequence < after : sequence > after)),
    );
    const ordered = input.newest === true ? matching.toReversed() : matching;
    const items = ordered.slice(0, input.limit);
    const more = ordered.length - items.length;
    return ok({ items, more, next: more === 0 ? null : String(items.at(-1)?.sequence) });
  }

  function execute(operation: string, input: Record<string, unknown>): unknown {
    const { agent, todo, question, messages } = facts;
    if (facts.refusals?.[operation] !== undefined) return no(facts.refusals[operation]);
    switch (operation) {
      case 'agent.show':
        return agent === null ? no('There is no such agent.') : ok(agent);
      case 'agent.log':
        return logPage(input as never);
      case 'message.rows':
        return ok({ items: messages, more: 0 });
      case 'message.show':
        return question === null ? no('There is no such message.') : ok(question);
      case 'todo.show':
        return todo === null ? no('There is no such todo.') : ok(todo);
      case 'sprint.show':
        return ok({ id: 'sprint000001', number: 4, title: 'Steady limits' });
      case 'project.show':
        return ok({ id: 'project00001', title: 'Rate limiter' });
      case 'worktree.list':
        return list(facts.worktrees);
      case 'merge.list':
        return list(facts.merges);
      case 'usage':
        return ok({ agents: 3, inputTokens: 90_000, outputTokens: 12_000, costUsd: 1.31, providers: [] });
      case 'account.list':
        return list([{ id: 'account00001', label: 'work' }]);
      case 'agent.deleteLog':
        return ok({ dryRun: input['dryRun'] === true, agent: 'calm-heron', pieces: 812, sessions: 2 });
      case 'message.send':
        return ok({ delivery: 'next tool call' });
      default:
        return ok({});
    }
  }

  function answer(name: string, argument: Record<string, unknown>): unknown {
    if (name === 'ready') return { agent: facts.id };
    if (name === 'changes') return facts.changes;
    if (name === 'execute')
      return execute(String(argument['operation']), argument['input'] as Record<string, unknown>);
    return name === 'confirm' ? true : null;
  }

  const say = (message: unknown) => page.dispatchEvent(new MessageEvent('message', { data: message }));
  page.change = (next) => {
    facts = { ...facts, ...next };
    say({ kind: 'tell', name: 'changed', argument: [] });
  };
  page.acquireVsCodeApi = () => ({
    getState: () => page.kept,
    setState: (kept: unknown) => {
      page.kept = kept;
    },
    postMessage: (message: { kind: string; id: number; name: string; argument: Record<string, unknown> }) => {
      page.asked.push({ name: message.name, argument: message.argument });
      if (message.kind === 'call')
        setTimeout(() =>
          say({ kind: 'answer', id: message.id, value: answer(message.name, message.argument) }),
        );
    },
  });
}
