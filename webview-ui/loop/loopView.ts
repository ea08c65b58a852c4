import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LoopHostCalls } from '../../src/protocol/loop.ts';
import type { ViewHost } from '../shared/host.ts';
import { coalesced } from '../shared/coalesced.ts';
import { LoopFeed, ReadRefused, roundsAtFirst, type LoopClient } from './feed.ts';
import { LoopControl } from './loopControl.ts';
import { announcement } from './model/announcement.ts';
import { bannerOf } from './model/banner.ts';
import { cellFacts } from './model/cells.ts';
import { columnsOf, findCell, followedCell, type Column } from './model/columns.ts';
import { findingsHistory, type FindingsHistory } from './model/findings.ts';
import type { StoryFacts } from './model/gateEvents.ts';
import { movesOf, type Moves } from './model/moves.ts';
import { resultOf } from './model/result.ts';
import type { SavedView } from './model/saved.ts';
import { gateOf, hasEnded, type CellKey, type Snapshot } from './model/snapshot.ts';
import { storyOf } from './model/story.ts';
import { keepScroll } from './keepScroll.ts';
import { bannerBar, noticeBar } from './view/banner.ts';
import { findingsTable } from './view/findings.ts';
import { head } from './view/head.ts';
import { stageRail } from './view/stageRail.ts';
import { stagesGrid } from './view/stages.ts';
import { resultRail, storyList } from './view/story.ts';

export type LoopHost = ViewHost<LoopHostCalls, SavedView>;

const narrowWidth = 720;
const pauseBetweenReads = 150;
/** The deadline comes nearer although nothing changes. */
const deadlineStep = 20_000;

/** The view of one loop. It holds no truth: it reads the loop, draws it, and reads it again when something changed. */
export class LoopView extends LitElement {
  static override properties = {
    snapshot: { state: true },
    fault: { state: true },
    notice: { state: true },
    chosen: { state: true },
    focusKey: { state: true },
    isStory: { state: true },
    isNarrow: { state: true },
    isGoalOpen: { state: true },
    isMenuOpen: { state: true },
    unfolded: { state: true },
    composing: { state: true },
    drafts: { state: true },
    storyFacts: { state: true },
  };
  declare snapshot: Snapshot | null;
  declare fault: string | null;
  declare notice: string | null;
  declare chosen: CellKey | null;
  declare focusKey: CellKey | null;
  declare isStory: boolean | null;
  declare isNarrow: boolean;
  declare isGoalOpen: boolean;
  declare isMenuOpen: boolean;
  declare unfolded: ReadonlySet<number>;
  declare composing: string | null;
  declare drafts: Readonly<Record<string, string>>;
  declare storyFacts: StoryFacts | null;
  columns: readonly Column[] = [];
  history: FindingsHistory | null = null;
  readonly host: LoopHost;
  readonly client: LoopClient;
  readonly loop: string;
  readonly feed: LoopFeed;
  readonly #control = new LoopControl(this);
  readonly #scroll = keepScroll(this, () => this.save());
  readonly #width = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.isNarrow = entry.contentRect.width <= narrowWidth;
  });
  /** Reads everything anew, soon. */
  readonly refresh = coalesced(() => this.#read(), pauseBetweenReads);
  #said = '';
  #minutes: ReturnType<typeof setInterval> | undefined;

  constructor(host: LoopHost, client: LoopClient, loop: string) {
    super();
    const saved = host.savedState();
    const same = saved.loop === loop ? saved : {};
    this.host = host;
    this.client = client;
    this.loop = loop;
    this.feed = new LoopFeed(client, loop);
    this.feed.rounds = same.rounds ?? roundsAtFirst;
    this.snapshot = null;
    this.fault = null;
    this.notice = null;
    this.chosen = same.chosen ?? null;
    this.focusKey = null;
    this.isStory = same.isStory ?? null;
    this.isNarrow = false;
    this.isGoalOpen = false;
    this.isMenuOpen = false;
    this.unfolded = new Set(same.unfolded ?? []);
    this.composing = null;
    this.drafts = same.drafts ?? {};
    this.storyFacts = null;
    this.#scroll.restore(same.scroll ?? {});
    this.save();
  }

  /** The page's own styles apply to it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#width.observe(this);
    this.addEventListener('keydown', this.#control.onKey);
    this.#minutes = setInterval(() => {
      if (this.snapshot?.loop.deadline != null && !hasEnded(this.snapshot.loop)) this.requestUpdate();
    }, deadlineStep);
    this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.disconnect();
    clearInterval(this.#minutes);
    this.removeEventListener('keydown', this.#control.onKey);
  }

  save(): void {
    const { loop, chosen, isStory, unfolded, drafts } = this;
    this.host.saveState({
      loop,
      chosen,
      isStory,
      rounds: this.feed.rounds,
      unfolded: [...unfolded],
      drafts,
      scroll: this.#scroll.positions(),
    });
  }

  async #read(): Promise<void> {
    try {
      const snapshot = await this.feed.read((loop) => {
        const stages = loop.rounds.flatMap(({ number, stages: all }) =>
          all.map((stage) => ({ number, stage })),
        );
        const found =
          stages.find(({ number, stage }) => `${number}:${stage.position}` === this.chosen) ??
          stages.findLast(({ stage }) => stage.attempts.length > 0);
        return found?.stage.attempts.at(-1)?.agentId ?? null;
      });
      if (hasEnded(snapshot.loop)) this.storyFacts = await this.feed.readStory(snapshot.loop);
      if (this.snapshot !== null) this.#said = announcement(this.snapshot, snapshot) || this.#said;
      this.snapshot = snapshot;
      this.fault = null;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.fault = error instanceof ReadRefused ? text : `The loop could not be read: ${text}`;
      if (!(error instanceof ReadRefused)) this.host.rpc.tell('report', { message: text.slice(0, 4000) });
    }
  }

  protected override willUpdate(): void {
    if (this.snapshot === null) return;
    this.history = findingsHistory(this.snapshot.loop);
    this.columns = columnsOf(cellFacts(this.snapshot, this.history));
  }

  protected override updated(): void {
    this.#scroll.apply();
  }

  get chosenKey(): CellKey | null {
    return findCell(this.columns, this.chosen)?.key ?? followedCell(this.columns);
  }

  get moves(): Moves | null {
    return this.snapshot === null ? null : movesOf(this.snapshot, Date.now());
  }

  protected override render(): unknown {
    const { snapshot, history, moves, fault } = this;
    const actions = this.#control;
    if (snapshot === null || history === null || moves === null)
      return fault === null
        ? html`<p class="loading muted" role="status">Reading the loop…</p>`
        : noticeBar(fault, actions, true);
    const isStory = hasEnded(snapshot.loop) && this.isStory !== false;
    const banner =
      isStory && snapshot.loop.status === 'failed' ? null : bannerOf(snapshot, history, Date.now());
    const state = {
      moves,
      isStory,
      isNarrow: this.isNarrow,
      isGoalOpen: this.isGoalOpen,
      isMenuOpen: this.isMenuOpen,
      elsewhere: new Set(banner?.actions.map((action) => action.do) ?? []),
    };
    return html`<div class="view ${isStory ? 'is-story' : ''}" data-keep="view">
      ${head(snapshot, state, actions)}
      <div class="banners">
        ${fault === null ? nothing : noticeBar(fault, actions, true)}
        ${this.notice === null ? nothing : noticeBar(this.notice, actions, false)}
        ${banner === null ? nothing : bannerBar(banner, moves, actions)}
      </div>
      <p class="sr" role="status">${this.#said}</p>
      ${isStory ? this.#story(snapshot, history, moves) : this.#stages(snapshot, history)}
    </div>`;
  }

  #stages(snapshot: Snapshot, history: FindingsHistory): TemplateResult {
    const rail = this.#rail(snapshot);
    const chosen = this.chosenKey;
    const state = {
      chosen,
      focused: findCell(this.columns, this.focusKey)?.key ?? chosen,
      isNarrow: this.isNarrow,
      unfolded: this.unfolded,
      earlier: snapshot.loop.earlierRounds,
      inlineRail: html`<aside class="rail inline" aria-label="Selected stage">${rail}</aside>`,
    };
    return html`<main class="main" data-keep="main" aria-label="Stages and findings">
        ${stagesGrid(this.columns, state, this.#control)} ${findingsTable(history, this.#control)}
      </main>
      ${
        this.isNarrow
          ? nothing
          : html`<aside class="rail" data-keep="rail" aria-label="Selected stage">${rail}</aside>`
      }`;
  }

  #rail(snapshot: Snapshot): TemplateResult | typeof nothing {
    const cell = findCell(this.columns, this.chosenKey);
    if (cell === undefined) return nothing;
    const { agentId } = cell;
    const gate = gateOf(snapshot);
    return stageRail(
      {
        cell,
        sheet: agentId === null ? undefined : snapshot.agents.get(agentId),
        gate,
        nextStage: gate === null ? undefined : snapshot.loop.roles[gate.stage.position + 1],
        draft: agentId !== null && this.composing === agentId ? (this.drafts[agentId] ?? '') : null,
      },
      this.#control,
    );
  }

  #story(snapshot: Snapshot, history: FindingsHistory, moves: Moves): TemplateResult {
    const facts = this.storyFacts ?? { changes: [], versions: [] };
    const { loop } = snapshot;
    return html`<main class="main" data-keep="story" aria-label="Story">
        ${storyList(storyOf(loop, history, facts), loop.earlierRounds, this.#control)}
      </main>
      <aside class="rail" data-keep="result" aria-label="Result">
        ${resultRail(resultOf(loop, history, facts), moves, this.#control)}
      </aside>`;
  }
}
