import type {
  PlanPreview,
  ReviewComment,
  ReviewedArtifact,
  ReviewOperation,
  ReviewRefusal,
  ReviewSubject,
  VersionLine,
  Answer,
} from '../../src/protocol/review.ts';
import type { ViewCalls, ViewClient } from '../../src/protocol/view.ts';
import type { LineRange } from './model/anchors.ts';
import { threadsOf, type Thread } from './model/threads.ts';
import { answered } from './patience.ts';
import { VersionTexts } from './versionTexts.ts';

/** The two versions on screen; no base where one is read by itself. */
export interface Pair {
  readonly base: number | null;
  readonly version: number;
}

/** What the view can show now. */
export type Phase =
  | { readonly kind: 'loading'; readonly versions: readonly number[] }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly version: number | null; readonly refusal: ReviewRefusal };

/** What came of the last thing that was done. */
export interface Notice {
  readonly kind: 'refused' | 'done';
  readonly message: string;
  readonly next: string;
}

export interface ReviewHost {
  readonly client: ViewClient<ReviewOperation>;
  /** The person has this version before their eyes. */
  seen(version: number): void;
}

type Events = Parameters<ViewCalls['changed']>[0];
type Input<Id extends ReviewOperation> = Parameters<typeof execute<Id>>[2];
type Output<Id extends ReviewOperation> = Awaited<ReturnType<typeof execute<Id>>>;
const execute = <Id extends ReviewOperation>(
  client: ViewClient<ReviewOperation>,
  id: Id,
  input: Parameters<typeof client.execute<Id>>[1],
) => answered(client.execute(id, input));

/** Texts of versions longer than this are only read when they are shown. */
const longestCounted = 100_000;

/**
 * One artifact under review: its versions, remarks and plan, which pair is on screen, and what a person does with it.
 * It knows nothing of the page: `onChange` is called whenever there is something else to show.
 */
export class ReviewSession {
  readonly subject: ReviewSubject;
  readonly texts: VersionTexts;
  artifact: ReviewedArtifact | null = null;
  versions: readonly VersionLine[] = [];
  threads: readonly Thread[] = [];
  plan: PlanPreview | null = null;
  pair: Pair | null = null;
  phase: Phase = { kind: 'loading', versions: [] };
  notice: Notice | null = null;
  /** The version that came while an older one was read, until the person decided about it. */
  arrived: number | null = null;
  /** What is being done now; one thing at a time. */
  doing: string | null = null;
  /** Roles of those authors that are agents. */
  readonly roles = new Map<string, string>();
  readonly #host: ReviewHost;
  readonly #onChange: () => void;
  readonly #counted = new Set<number>();
  #counting: Promise<void> = Promise.resolve();
  #turn = 0;

  constructor(host: ReviewHost, subject: ReviewSubject, onChange: () => void) {
    this.#host = host;
    this.subject = subject;
    this.#onChange = onChange;
    this.texts = new VersionTexts(async (version) => {
      const answer = await this.#ask('artifact.show', { artifact: this.#id, version });
      return answer.ok ? { ok: true, value: answer.value.content } : answer;
    });
  }

  /** Reads everything and shows a pair: the one that was on screen before, else the newest against the last seen. */
  async open(before: Pair | null): Promise<void> {
    this.phase = { kind: 'loading', versions: [] };
    this.#onChange();
    const refusal = await this.#refresh();
    if (refusal !== null) {
      this.phase = { kind: 'failed', version: null, refusal };
      this.#onChange();
      return;
    }
    const newest = this.newest;
    const exists = (version: number) => version >= 1 && version <= newest;
    if (before !== null && exists(before.version) && (before.base === null || exists(before.base))) {
      if (newest > before.version) this.arrived = newest;
      await this.show(before);
    } else await this.show(this.#firstPair(this.subject.version ?? newest));
  }

  get newest(): number {
    return this.artifact?.newestVersion ?? 0;
  }

  /** Shows a pair; a version that is not at hand is read first, and what is on screen stays until it is there. */
  async show(pair: Pair): Promise<void> {
    const turn = (this.#turn += 1);
    const wanted = [...new Set([pair.base, pair.version])].filter((one) => one !== null);
    const missing = wanted.filter((one) => this.texts.known(one) === undefined);
    this.pair = pair;
    if (missing.length > 0) {
      this.phase = { kind: 'loading', versions: wanted };
      this.#onChange();
      const answers = await Promise.all(missing.map((version) => this.texts.lines(version)));
      if (turn !== this.#turn) return;
      const failed = answers.findIndex((answer) => !answer.ok);
      const answer = answers[failed];
      if (answer !== undefined && !answer.ok) {
        this.phase = { kind: 'failed', version: missing[failed] ?? null, refusal: answer.refusal };
        return this.#onChange();
      }
    }
    this.phase = { kind: 'ready' };
    if (this.arrived !== null && this.arrived <= pair.version) this.arrived = null;
    this.#host.seen(pair.version);
    this.#onChange();
    await this.#readRemarkedVersions(turn);
  }

  /** A version against the one that was seen last, as when the review opens. */
  showVersion(version: number): Promise<void> {
    return this.show(this.#firstPair(version));
  }

  /** What changed since the version on screen, now that there is a newer one. */
  showArrived(): Promise<void> {
    const base = this.pair?.version ?? null;
    return this.show({ base, version: this.newest });
  }

  keepReviewing(): void {
    this.arrived = null;
    this.#onChange();
  }

  say(notice: Notice): void {
    this.notice = notice;
    this.#onChange();
  }

  dismissNotice(): void {
    this.notice = null;
    this.#onChange();
  }

  /** Committed changes of this artifact. What is on screen stays. */
  async changed(events: Events): Promise<void> {
    const before = this.newest;
    const onlyRemarks = events.every(({ noun }) => noun === 'comment');
    if (onlyRemarks) await this.#readComments();
    else {
      await this.#refresh();
      if (this.newest > before && this.pair !== null && this.pair.version < this.newest)
        this.arrived = this.newest;
    }
    this.#onChange();
    if (this.phase.kind === 'ready') await this.#readRemarkedVersions(this.#turn);
  }

  /** Why the version on screen cannot be approved; null when it can. */
  get approvalRefusal(): string | null {
    const { artifact, pair, phase } = this;
    if (artifact === null || pair === null || phase.kind !== 'ready') return 'Nothing is on screen yet';
    if (artifact.stage === 'draft') return 'Only what is in review can be approved: send it to review first';
    if (artifact.stage === 'final') return 'It is approved already';
    if (pair.version < this.newest) return `Approve needs the latest: look at v${this.newest} first`;
    return null;
  }

  /** Approves the version on screen and no other. */
  async approve(): Promise<void> {
    const { pair } = this;
    if (this.approvalRefusal !== null || pair === null) return;
    await this.#do('approve', async () => {
      const answer = await this.#ask('artifact.stage', {
        artifacts: [this.#id],
        stage: 'final',
        versions: [pair.version],
      });
      if (!answer.ok) return answer;
      const [plan] = answer.value.plans;
      const made = plan === undefined ? '' : (plan.note ?? `${count(plan.created, 'todo')} created.`);
      return done(
        `v${pair.version} is approved.`,
        [made, ...(plan?.problems ?? [])].filter(Boolean).join(' '),
      );
    });
  }

  async sendToReview(): Promise<void> {
    await this.#do('review', async () => {
      const answer = await this.#ask('artifact.stage', { artifacts: [this.#id], stage: 'review' });
      return answer.ok ? done('It is in review now.', '') : answer;
    });
  }

  /** Back to draft with what should be different. Answers whether it was sent. */
  async requestChanges(notes: string): Promise<boolean> {
    return this.#do('changes', async () => {
      const answer = await this.#ask('artifact.stage', { artifacts: [this.#id], stage: 'draft', notes });
      return answer.ok ? done('It is a draft again.', 'Your notes are with it.') : answer;
    });
  }

  /** Makes an earlier version the newest one, and shows what that changed. */
  async restore(version: number): Promise<void> {
    const before = this.newest;
    const restored = await this.#do('restore', async () => {
      const answer = await this.#ask('artifact.restore', { artifact: this.#id, version });
      return answer.ok
        ? done(`v${version} is restored as v${answer.value.version}.`, 'Nothing was lost.')
        : answer;
    });
    if (restored && this.newest > before) await this.show({ base: before, version: this.newest });
  }

  /** Writes a remark on lines of a version. Answers whether it was written. */
  comment(version: number, { start, end }: LineRange, body: string): Promise<boolean> {
    const input = { artifact: this.#id, version, startLine: start, endLine: end, body };
    return this.#do('comment', () => this.#ask('artifact.comment', input));
  }

  reply(thread: Thread, body: string): Promise<boolean> {
    return this.#do('comment', () =>
      this.#ask('artifact.comment', { artifact: this.#id, parent: thread.id, body }),
    );
  }

  async setResolved(thread: Thread, resolved: boolean): Promise<void> {
    const id = resolved ? 'artifact.resolveComment' : 'artifact.reopenComment';
    await this.#do('comment', () => this.#ask(id, { comment: thread.id }));
  }

  /** Works out what a version changed, after those that were asked for before; not for texts that are very long. */
  count(version: number): void {
    const long = (this.artifact?.content.length ?? 0) > longestCounted;
    if (long || this.#counted.has(version) || this.texts.counts(version) !== null) return;
    this.#counted.add(version);
    this.#counting = this.#counting.then(async () => {
      const wanted = [version, version - 1].filter((one) => one > 0);
      for (const one of wanted)
        if (!(await this.texts.lines(one)).ok) return void this.#counted.delete(version);
      if (this.texts.counts(version) !== null) this.#onChange();
    });
  }

  get #id(): ReviewedArtifact['id'] {
    return this.subject.artifact as ReviewedArtifact['id'];
  }

  #ask<Id extends ReviewOperation>(id: Id, input: Input<Id>): Promise<Output<Id>> {
    return execute<Id>(this.#host.client, id, input);
  }

  /** Does one thing, says what came of it, and reads afresh what it changed. */
  async #do(name: string, act: () => Promise<Answer<unknown> | Notice>): Promise<boolean> {
    if (this.doing !== null) return false;
    this.doing = name;
    this.notice = null;
    this.#onChange();
    const came = await act();
    this.notice = 'kind' in came ? came : came.ok ? null : { kind: 'refused', ...came.refusal };
    const refusal = await this.#refresh();
    if (refusal !== null) this.notice ??= { kind: 'refused', ...refusal };
    this.doing = null;
    this.#onChange();
    return this.notice?.kind !== 'refused';
  }

  async #refresh(): Promise<ReviewRefusal | null> {
    const shown = await this.#ask('artifact.show', { artifact: this.#id });
    if (!shown.ok) return shown.refusal;
    const { value } = shown;
    this.texts.keep(value.newestVersion, value.content);
    const refusals = [await this.#readVersions(), await this.#readComments()];
    if (value.type === 'plan') {
      const plan = await this.#ask('artifact.planSteps', { artifact: this.#id });
      if (plan.ok) this.plan = plan.value;
      else refusals.push(plan.refusal);
    }
    this.artifact = value;
    void this.#readRoles();
    return refusals.find((refusal) => refusal !== null) ?? null;
  }

  async #readVersions(): Promise<ReviewRefusal | null> {
    const versions: VersionLine[] = [];
    let after: string | null = null;
    do {
      const page: Output<'artifact.versions'> = await this.#ask('artifact.versions', {
        artifact: this.#id,
        limit: 500,
        ...(after === null ? {} : { after }),
      });
      if (!page.ok) return page.refusal;
      versions.push(...page.value.items);
      after = page.value.next;
    } while (after !== null);
    this.versions = versions.sort((a, b) => b.version - a.version);
    return null;
  }

  async #readComments(): Promise<ReviewRefusal | null> {
    const comments: ReviewComment[] = [];
    let after: string | null = null;
    do {
      const page: Output<'artifact.comments'> = await this.#ask('artifact.comments', {
        artifact: this.#id,
        limit: 500,
        ...(after === null ? {} : { after }),
      });
      if (!page.ok) return page.refusal;
      comments.push(...page.value.items);
      after = page.value.next;
    } while (after !== null);
    this.threads = threadsOf(comments);
    return null;
  }

  /** An author that is no agent has no role: the refusal says so, and nothing else is made of it. */
  async #readRoles(): Promise<void> {
    const authors = new Set(this.versions.map(({ author }) => author));
    for (const { first, replies } of this.threads)
      for (const { author } of [first, ...replies]) authors.add(author);
    for (const author of authors) {
      if (author === 'person' || this.roles.has(author)) continue;
      this.roles.set(author, '');
      const agent = await this.#ask('agent.show', { agent: author });
      if (!agent.ok) continue;
      this.roles.set(author, agent.value.role);
      this.#onChange();
    }
  }

  /** Remarks on other versions can only be placed when those are known. */
  async #readRemarkedVersions(turn: number): Promise<void> {
    const { pair } = this;
    if (pair === null) return;
    const versions = new Set(
      this.threads.filter(({ first }) => first.startLine !== null).map(({ first }) => first.version),
    );
    for (const version of versions) {
      if (version === pair.version || this.texts.changes(version, pair.version) !== null) continue;
      const answer = await this.texts.lines(version);
      if (turn !== this.#turn) return;
      if (answer.ok) this.#onChange();
    }
  }

  #firstPair(version: number): Pair {
    const { lastSeen } = this.subject;
    const base = lastSeen !== null && lastSeen < version ? lastSeen : version - 1;
    return { base: base >= 1 ? base : null, version };
  }
}

const done = (message: string, next: string): Notice => ({ kind: 'done', message, next });

/** "1 todo", "6 todos". */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
