import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AgentHostCalls, RepositoryChanges } from '../../src/protocol/agent.ts';
import { coalesced } from '../shared/coalesced.ts';
import type { ViewHost } from '../shared/host.ts';
import { AgentControl } from './agentControl.ts';
import { readFacts, ReadRefused, type AgentClient } from './agentFeed.ts';
import { LogFeed, type Finds } from './logFeed.ts';
import { actionsOf } from './model/actions.ts';
import { entriesOf, entryOf, type Entry } from './model/entries.ts';
import { isLive, type AgentFacts } from './model/facts.ts';
import { messageBox } from './model/messageBox.ts';
import { emptyWindow, mostPieces, type PieceWindow } from './model/pieceWindow.ts';
import type { SavedPanel } from './model/saved.ts';
import { announcement, bannerOf } from './model/standing.ts';
import { pieceOf, TranscriptScroll } from './transcriptScroll.ts';
import { bannerBar, noticeBar } from './view/banner.ts';
import { changesSection } from './view/changes.ts';
import { composer } from './view/composer.ts';
import {
  agentSection,
  placeSection,
  progressSection,
  resultSection,
  todoSection,
  usageSection,
} from './view/details.ts';
import { head, headOfGone } from './view/head.ts';
import { questionBox } from './view/question.ts';
import { transcript } from './view/transcript.ts';

export type AgentHost = ViewHost<AgentHostCalls, SavedPanel>;

const narrowWidth = 720;
const pauseBetweenReads = 150;
/** Git is asked no more often than this, however much the agent does. */
const pauseBetweenLooks = 2000;

/** The panel of one agent. It holds no truth: it reads, draws, and reads again when something changed. */
export class AgentView extends LitElement {
  static override properties = {
    facts: { state: true },
    isGone: { state: true },
    window: { state: true },
    changes: { state: true },
    whyNoChanges: { state: true },
    fault: { state: true },
    notice: { state: true },
    follows: { state: true },
    draft: { state: true },
    answer: { state: true },
    search: { state: true },
    finds: { state: true },
    folds: { state: true },
    marked: { state: true },
    half: { state: true },
    isNarrow: { state: true },
    isMenuOpen: { state: true },
    isProgressWhole: { state: true },
  };
  declare facts: AgentFacts | null;
  declare isGone: boolean;
  declare window: PieceWindow;
  declare changes: readonly RepositoryChanges[] | null;
  declare whyNoChanges: string | null;
  declare fault: string | null;
  declare notice: { readonly text: string; readonly isFault: boolean } | null;
  declare follows: boolean;
  declare draft: string;
  declare answer: string;
  declare search: string;
  declare finds: Finds | null;
  declare folds: Readonly<Record<string, boolean>>;
  /** The piece that a search led to. */
  declare marked: number | null;
  declare half: SavedPanel['half'];
  declare isNarrow: boolean;
  declare isMenuOpen: boolean;
  declare isProgressWhole: boolean;
  entries: readonly Entry[] = [];
  readonly host: AgentHost;
  readonly client: AgentClient;
  readonly agent: string;
  readonly log: LogFeed;
  readonly reading: TranscriptScroll;
  readonly #control = new AgentControl(this);
  readonly #width = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.isNarrow = entry.contentRect.width <= narrowWidth;
  });
  /** Reads everything anew, soon. */
  readonly refresh = coalesced(() => this.#read(), pauseBetweenReads);
  readonly readChanges = coalesced(() => this.#readChanges(), pauseBetweenLooks);
  #at: SavedPanel['at'];
  #name: string | null;
  #said = '';

  constructor(host: AgentHost, client: AgentClient, agent: string) {
    super();
    const saved = host.savedState();
    const same: Partial<SavedPanel> = saved.agent === agent ? saved : {};
    this.host = host;
    this.client = client;
    this.agent = agent;
    this.log = new LogFeed(client, agent);
    this.facts = null;
    this.isGone = false;
    this.window = emptyWindow;
    this.changes = null;
    this.whyNoChanges = null;
    this.fault = null;
    this.notice = null;
    this.follows = same.at == null;
    this.draft = same.draft ?? '';
    this.answer = same.answer ?? '';
    this.search = same.search ?? '';
    this.finds = null;
    this.folds = same.folds ?? {};
    this.marked = null;
    this.half = same.half ?? 'transcript';
    this.isNarrow = false;
    this.isMenuOpen = false;
    this.isProgressWhole = false;
    this.#at = same.at ?? null;
    this.#name = same.name ?? null;
    this.reading = new TranscriptScroll({
      endIsHere: () => this.window.newer === 0,
      onFollow: (follows) => this.#followed(follows),
      onNearTop: () => this.#control.loadOlder(),
      onNearEnd: () => this.#control.loadNewer(),
      onSettled: (key, offset) => this.#settled(key, offset),
    });
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
    this.addEventListener('click', this.#control.onClick);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.disconnect();
    this.reading.dispose();
    this.removeEventListener('keydown', this.#control.onKey);
    this.removeEventListener('click', this.#control.onClick);
  }

  save(): void {
    const { agent, draft, answer, half, search, folds } = this;
    this.host.saveState({ agent, name: this.#name, at: this.#at, draft, answer, half, search, folds });
  }

  /** Takes the log's present stretch over into the page. */
  takeWindow(): void {
    this.window = this.log.window;
  }

  /** Shows a stretch around a piece, and stands there. */
  async standAt(sequence: number, offset: number): Promise<void> {
    await this.log.around(sequence);
    this.takeWindow();
    this.follows = false;
    await this.updateComplete;
    const key = entryOf(this.entries, sequence);
    if (key !== null) this.reading.standAt(key, offset);
  }

  /** Where the person reads, and goes on after the tab was hidden; null: at the end. */
  standsAt(at: SavedPanel['at']): void {
    this.#at = at;
    this.save();
  }

  async #begin(): Promise<void> {
    await this.#guarded(async () => {
      if (this.#at === null) await this.log.toEnd();
      else await this.standAt(this.#at.sequence, this.#at.offset);
      this.takeWindow();
    });
    this.refresh();
    this.readChanges();
    if (this.search !== '') this.#control.search(this.search);
  }

  async #read(): Promise<void> {
    await this.#guarded(async () => {
      const before = this.facts;
      const facts = await readFacts(this.client, this.agent);
      const hasRoom = this.window.newer === 0 && this.window.pieces.length < mostPieces;
      await this.log.follow(this.follows || hasRoom);
      this.takeWindow();
      this.isGone = facts === null;
      this.facts = facts;
      if (facts === null) return;
      this.#name = facts.agent.name;
      if (before !== null) this.#said = announcement(before, facts) || this.#said;
      if (before?.agent.updatedAt !== facts.agent.updatedAt && before !== null) this.readChanges();
      if (!isLive(facts.agent)) this.host.rpc.tell('seen', null);
      this.save();
    });
  }

  async #readChanges(): Promise<void> {
    try {
      const read = await this.host.rpc.call('changes', null);
      this.whyNoChanges = read.ok ? null : `${read.refusal.message} ${read.refusal.next}`;
      if (read.ok) this.changes = read.value;
    } catch (error) {
      this.whyNoChanges = `They could not be read: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }

  async #guarded(job: () => Promise<void>): Promise<void> {
    try {
      await job();
      this.fault = null;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.fault = error instanceof ReadRefused ? text : `The agent could not be read: ${text}`;
      if (!(error instanceof ReadRefused)) this.host.rpc.tell('report', { message: text.slice(0, 4000) });
    }
  }

  #followed(follows: boolean): void {
    this.follows = follows;
    if (follows) this.standsAt(null);
  }

  #settled(key: string, offset: number): void {
    const sequence = pieceOf(key);
    if (sequence !== null) this.standsAt({ sequence, offset });
  }

  protected override willUpdate(): void {
    this.entries = entriesOf(this.window, this.facts?.messages ?? []);
  }

  protected override updated(): void {
    this.reading.drawn(this.querySelector<HTMLElement>('.log > .entries')?.parentElement ?? null);
  }

  protected override render(): unknown {
    const { facts, fault, isGone } = this;
    if (facts === null && !isGone)
      return fault === null
        ? html`<p class="loading muted" role="status">Reading the agent…</p>`
        : noticeBar({ text: fault, isFault: true }, this.#control, true);
    const shows = (half: SavedPanel['half']) => !this.isNarrow || this.half === half;
    return html`<div class="view ${this.isNarrow ? 'narrow' : ''}">
      ${facts === null ? headOfGone(this.#name) : this.#head(facts)}
      <div class="banners">${this.#banners(facts)}</div>
      <p class="sr" role="status">${this.#said}</p>
      <main class="main transcript" aria-label="Transcript" ?hidden=${!shows('transcript')}>
        ${this.#transcript(facts)}
        ${facts === null ? nothing : composer(facts.agent.name, this.draft, messageBox(facts.agent, facts.question !== null), this.#control)}
      </main>
      ${facts === null ? nothing : this.#details(facts, !shows('details'))}
    </div>`;
  }

  #head(facts: AgentFacts): TemplateResult {
    const elsewhere = bannerOf(facts)?.actions ?? [];
    return head(
      facts,
      { ...actionsOf(facts.agent, facts.worktrees.length > 0, elsewhere), isMenuOpen: this.isMenuOpen },
      this.#control,
    );
  }

  #banners(facts: AgentFacts | null): unknown {
    const control = this.#control;
    const banner = facts === null ? null : bannerOf(facts);
    const waiting = facts?.messages.filter(({ status }) => status === 'pending').length ?? 0;
    return html`${this.fault === null ? nothing : noticeBar({ text: this.fault, isFault: true }, control, true)}
    ${this.notice === null ? nothing : noticeBar(this.notice, control, false)}
    ${facts?.question == null ? nothing : questionBox(facts.question, this.answer, waiting - 1, control)}
    ${banner === null || facts === null ? nothing : bannerBar(banner, facts.agent, control)}
    ${this.isGone ? this.#goneBar() : nothing} ${this.isNarrow && facts !== null ? this.#halves() : nothing}`;
  }

  #goneBar(): TemplateResult {
    const text = 'This agent was deleted. What it said and did is kept until you delete that too.';
    return html`<div class="banner muted" role="status">
      <p>${text}</p>
      <vscode-button appearance="secondary" @click=${() => this.#control.act('deleteLog')}
        >Delete its log…</vscode-button
      >
    </div>`;
  }

  #halves(): TemplateResult {
    const half = (name: SavedPanel['half'], label: string) =>
      html`<button
        type="button"
        role="tab"
        aria-selected=${this.half === name ? 'true' : 'false'}
        @click=${() => this.#control.showHalf(name)}
      >
        ${label}
      </button>`;
    return html`<div class="halves" role="tablist" aria-label="What to show">
      ${half('transcript', 'Transcript')} ${half('details', 'Changes and details')}
    </div>`;
  }

  #transcript(facts: AgentFacts | null): TemplateResult {
    return transcript(
      {
        agent: this.agent,
        folds: this.folds,
        marked: this.marked === null ? null : entryOf(this.entries, this.marked),
        newest: this.window.newer === 0 ? (this.entries.at(-1)?.key ?? null) : null,
        window: this.window,
        entries: this.entries,
        follows: this.follows,
        isLive: facts !== null && isLive(facts.agent),
        search: this.search,
        finds: this.finds,
      },
      this.#control,
    );
  }

  #details(facts: AgentFacts, isHidden: boolean): TemplateResult {
    const control = this.#control;
    return html`<aside class="rail" aria-label="Changes and details" ?hidden=${isHidden}>
      ${resultSection(facts)} ${changesSection({ changes: this.changes, why: this.whyNoChanges }, control)}
      ${todoSection(facts, control)} ${progressSection(facts, this.isProgressWhole, control)}
      ${placeSection(facts, control)} ${usageSection(facts)} ${agentSection(facts, control)}
    </aside>`;
  }
}
