import type { LoopOperation, Result, ShownArtifact, ShownLoop } from '../../src/protocol/loop.ts';
import type { ViewClient } from '../../src/protocol/view.ts';
import { artifactsOf, type StoryFacts } from './model/gateEvents.ts';
import { gateOf, liveAgentOf, type AgentSheet, type Snapshot } from './model/snapshot.ts';

export type LoopClient = ViewClient<LoopOperation>;

/** An operation said no while the view was reading; there is nothing to show but that. */
export class ReadRefused extends Error {}

/** Rounds that are read at first; older ones when the person asks for them. */
export const roundsAtFirst = 12;

const pageSize = 200;
const logPeek = 20;

/** Reads all that the view shows of one loop. Prompts never change, so each is read once. */
export class LoopFeed {
  readonly #client: LoopClient;
  readonly #loop: string;
  readonly #prompts = new Map<string, string | null>();
  rounds = roundsAtFirst;

  constructor(client: LoopClient, loop: string) {
    this.#client = client;
    this.#loop = loop;
  }

  /** @param chosen the agent whose sheet is wanted besides those at work. */
  async read(chosen: (loop: ShownLoop) => string | null): Promise<Snapshot> {
    const loop = valueOf(await this.#client.execute('loop.show', { loop: this.#loop, rounds: this.rounds }));
    const readAt = Date.now();
    const live = loop.rounds.at(-1)?.stages.flatMap((stage) => liveAgentOf(stage) ?? []) ?? [];
    const wanted = new Set([...live, ...[chosen(loop)].filter((id) => id !== null)]);
    const [sheets, gateArtifact] = await Promise.all([
      Promise.all([...wanted].map(async (id) => [id, await this.#sheet(id)] as const)),
      this.#gateArtifact(loop),
    ]);
    const agents = new Map(sheets.flatMap(([id, sheet]) => (sheet === null ? [] : [[id, sheet] as const])));
    return { loop, readAt, agents, gateArtifact };
  }

  /** What the story needs besides: when each output was written, and what was decided about it. */
  async readStory(loop: ShownLoop): Promise<StoryFacts> {
    const facts = await Promise.all(
      artifactsOf(loop).map(async (artifact) => ({
        changes: await this.#stageChanges(artifact),
        versions: await this.#versions(artifact),
      })),
    );
    return {
      changes: facts.flatMap(({ changes }) => changes),
      versions: facts.flatMap(({ versions }) => versions),
    };
  }

  /** null where the agent was deleted meanwhile. */
  async #sheet(id: string): Promise<AgentSheet | null> {
    const known = this.#prompts.get(id);
    const [shown, log] = await Promise.all([
      this.#client.execute('agent.show', { agent: id, prompt: known === undefined }),
      this.#client.execute('agent.log', { agent: id, newest: true, limit: logPeek }),
    ]);
    if (!shown.ok) return null;
    if (known === undefined) this.#prompts.set(id, shown.value.prompt);
    const said = log.ok ? log.value.items.find(({ kind }) => kind === 'said') : undefined;
    return { agent: { ...shown.value, prompt: this.#prompts.get(id) ?? null }, said: said ?? null };
  }

  async #gateArtifact(loop: ShownLoop): Promise<ShownArtifact | null> {
    const gate = gateOf({ loop, gateArtifact: null });
    if (gate === null) return null;
    const shown = await this.#client.execute('artifact.show', { artifact: gate.artifactId });
    return shown.ok ? shown.value : null;
  }

  async #stageChanges(artifact: string): Promise<StoryFacts['changes']> {
    const events = await everyPage((after) =>
      this.#client.execute('event.list', {
        noun: ['artifact'],
        entity: artifact,
        newestFirst: false,
        limit: pageSize,
        ...after,
      }),
    );
    return events.flatMap(({ from, to, time, caller }) =>
      from?.['stage'] === undefined && to?.['stage'] === undefined
        ? []
        : [{ artifact, time, caller, from: from?.['stage'], to: to?.['stage'] }],
    );
  }

  async #versions(artifact: string): Promise<StoryFacts['versions']> {
    const lines = await everyPage((after) =>
      this.#client.execute('artifact.versions', { artifact: artifact, limit: pageSize, ...after }),
    );
    return lines.map(({ version, createdAt }) => ({ artifact, version, time: createdAt }));
  }
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | null | undefined;
}

/** All pages of a list; none where the list is refused, for what it is about may be deleted. */
async function everyPage<Item>(
  read: (after: { readonly after?: string }) => Promise<Result<Page<Item>>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: { readonly after?: string } = {};
  for (;;) {
    const page = await read(after);
    if (!page.ok) return items;
    items.push(...page.value.items);
    if (page.value.next == null) return items;
    after = { after: page.value.next };
  }
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ReadRefused(`${result.refusal.message} ${result.refusal.next}`);
}
