/** A plan as an agent writes it, in five versions that a person reads one against the other. */
const lines = (...text: string[]) => text.join('\n');

const goals = Array.from({ length: 21 }, (_, at) =>
  at === 2
    ? '## Goals'
    : at === 10
      ? '## Read paths'
      : at % 2 === 0
        ? ''
        : `Reads of kind ${at} go through the store once.`,
);
const adapters = Array.from({ length: 9 }, (_, at) =>
  at === 1 ? '## Adapters' : `Adapter ${at} keeps its own clock.`,
);
const sizes = Array.from({ length: 7 }, (_, at) =>
  at === 1 ? '## Sizes' : at % 2 === 0 ? '' : `Size class ${at}.`,
);
const failure = Array.from({ length: 12 }, (_, at) =>
  at === 1
    ? '## Failure modes'
    : at === 7
      ? '## Risks'
      : at % 2 === 0
        ? ''
        : `- Failure ${at} is told, never hidden.`,
);

interface Wording {
  readonly goal: string;
  readonly adapter: readonly string[];
  readonly port: readonly string[];
  readonly sizes: readonly string[];
  readonly done: readonly string[];
  readonly invalidation: readonly string[];
  readonly rollout: readonly string[];
}

const plan = (words: Wording): string =>
  lines(
    '# Caching layer plan',
    '',
    `Reads take 180 ms at p95; goal: ${words.goal}.`,
    '',
    '## Steps',
    '',
    '1. Measure the read paths (high)',
    '2. Add a cache port (critical)',
    ...words.adapter,
    '3. Show the hit rate in the health view (low)',
    '4. Roll out behind a setting',
    ...goals,
    '## Port',
    '',
    '```ts',
    'export interface CachePort<K, V> {',
    ...words.port,
    '}',
    '```',
    ...adapters,
    '',
    '| Store     | Hit  | Miss  |',
    '| --------- | ---- | ----- |',
    '| todo tree | 4 ms | 38 ms |',
    ...words.sizes,
    ...sizes,
    '',
    '## Done when',
    '',
    ...words.done,
    '',
    '## Invalidation',
    '',
    ...words.invalidation,
    ...failure,
    '',
    '## Rollout',
    '',
    ...words.rollout,
    '',
  );

const first: Wording = {
  goal: 'under 50 ms',
  adapter: ['   - In-memory adapter, no limit'],
  port: ['  get(key: K): V | undefined;'],
  sizes: ['| artifacts | tbd  | tbd   |'],
  done: ['- [ ] p95 below 50 ms'],
  invalidation: [],
  rollout: ['On for everyone in one step.'],
};
const fifth: Wording = {
  goal: '40 ms or less',
  adapter: [
    '   - In-memory adapter, LRU, 500 entries',
    '     (largest sample tree: 412 nodes)',
    '   - Evict on `artifact.updated` (high)',
  ],
  port: [
    '  get(key: K): Promise<V | undefined>;',
    '  set(key: K, value: V, ttlMs?: number): void;',
    '  delete(key: K): void;',
    '  readonly stats: CacheStats;',
  ],
  sizes: ['| artifacts | 6 ms | 52 ms |', '| versions  | 9 ms | 71 ms |'],
  done: [
    '- [ ] p95 at or below 40 ms',
    '- [ ] hit rate above 90 %',
    '- [ ] no stale read in 10,000 runs',
    '- [x] sizes measured on 3 projects',
  ],
  invalidation: [
    '- One event, one key: no prefix scans.',
    '- A write evicts before it answers.',
    '- TTL is a safety net of 60 s.',
  ],
  rollout: ['Off, then 10 %, then on.', '`sloop.cache.enabled` turns it off.'],
};

export const planVersions: readonly { readonly content: string; readonly changeSummary: string }[] = [
  { content: plan({ ...first, goal: 'fast' }), changeSummary: 'First draft' },
  { content: plan({ ...first, goal: 'faster' }), changeSummary: 'Splits the rollout' },
  { content: plan(first), changeSummary: 'Edited step 2' },
  {
    content: plan({ ...fifth, goal: first.goal, done: first.done }),
    changeSummary: 'Answers the review notes',
  },
  { content: plan(fifth), changeSummary: 'Adds eviction, a 40 ms goal and a staged rollout' },
];

export const sixthVersion = {
  content: plan({
    ...fifth,
    invalidation: [...fifth.invalidation, '- TTL is counted on the monotonic clock.'],
  }),
  changeSummary: 'Names the TTL clock',
};

export const lineOf = (content: string, text: string): number =>
  content.split('\n').findIndex((line) => line.includes(text)) + 1;
