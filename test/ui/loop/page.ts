import type { Scenario } from './scenarios.ts';

interface Played {
  readonly scenario: Scenario;
  readonly state: unknown;
  /** Class of the body, as VS Code sets it. */
  readonly theme: string;
}

/**
 * Runs in the page before the view: plays the extension for one scenario. What the view asks is kept as `asked`;
 * `change(loop)` puts another loop in place and tells the view.
 */
export function playExtension({ scenario, state, theme }: Played): void {
  interface Page extends EventTarget {
    asked: { name: string; argument: unknown }[];
    change(loop: Scenario['loop']): void;
    kept: unknown;
    document: { body: { className: string } };
    acquireVsCodeApi: unknown;
  }
  const page = globalThis as unknown as Page;
  let { loop } = scenario;
  page.asked = [];
  page.addEventListener('DOMContentLoaded', () => {
    page.document.body.className = theme;
  });
  page.kept = state;
  const shift = Date.now() - Date.parse(loop.startedAt) - loop.workedMs;
  const later = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
      typeof one === 'string' && /^\d{4}-\d\d-\d\dT/.test(one)
        ? new Date(Date.parse(one) + shift).toISOString()
        : one,
    ) as T;
  const ok = (value: unknown) => ({ ok: true, value: later(value) });
  const no = (message: string) => ({
    ok: false,
    refusal: { code: 'missing', message, next: 'List them: sloop loop list.' },
  });
  const list = (items: unknown[]) => ok({ items, more: 0, next: null });

  function execute(operation: string, input: Record<string, unknown>): unknown {
    const agent = scenario.agents?.find(({ id }) => id === input['agent']);
    const rounds = loop.rounds.slice(-Number(input['rounds'] ?? 5));
    switch (operation) {
      case 'loop.show':
        if (scenario.refusal !== undefined && scenario.agents === undefined) return no(scenario.refusal);
        return ok({
          ...loop,
          rounds,
          earlierRounds: loop.earlierRounds + loop.rounds.length - rounds.length,
        });
      case 'agent.show':
        return agent === undefined ? no('There is no such agent.') : ok(agent);
      case 'agent.log':
        return list(
          scenario.said === undefined
            ? []
            : [
                {
                  sequence: 1,
                  kind: 'said',
                  content: scenario.said,
                  time: new Date(Date.now() - shift - 20_000).toISOString(),
                  sessionNumber: 1,
                },
              ],
        );
      case 'artifact.show': {
        const artifact = scenario.artifacts?.find(({ id }) => id === input['artifact']);
        return artifact === undefined ? no('There is no such artifact.') : ok(artifact);
      }
      case 'artifact.versions':
        return list(
          loop.rounds
            .flatMap(({ stages }) => stages)
            .filter(({ artifactId }) => artifactId === input['artifact'])
            .map(({ startedAt, completedAt }, index) => ({
              version: index + 1,
              author: '',
              changeSummary: '',
              createdAt: startedAt ?? completedAt ?? loop.startedAt,
            })),
        );
      case 'event.list':
        return list(
          (scenario.changes ?? [])
            .filter(({ artifact }) => artifact === input['entity'])
            .map(({ time, from, to, caller }) => ({
              time,
              caller,
              from: { stage: from },
              to: { stage: to },
            })),
        );
      default:
        return scenario.refusal === undefined ? ok(loop) : no(scenario.refusal);
    }
  }

  function answer(name: string, argument: Record<string, unknown>): unknown {
    if (name === 'ready') return { loop: loop.id };
    if (name === 'execute')
      return execute(String(argument['operation']), argument['input'] as Record<string, unknown>);
    return name === 'confirm' ? true : null;
  }

  const say = (message: unknown) => page.dispatchEvent(new MessageEvent('message', { data: message }));
  page.change = (next) => {
    loop = next;
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
