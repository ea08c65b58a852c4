import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ReviewHostCalls } from '../../src/protocol/review.ts';
import type { Rpc } from '../../src/protocol/rpc.ts';
import { actionBar, notesBox } from './actionBar.ts';
import { colouringOf, compare, isMarkdown, type Comparison } from './comparison.ts';
import type { Desk, Dialog, KeptState, ViewKind } from './desk.ts';
import { documentView, insertKey, type DocumentView } from './documentView.ts';
import type { ChosenLines } from './diffTable.ts';
import { header } from './headerParts.ts';
import { actionOf, type KeyAction } from './keys.ts';
import { placeThread, type PlacedThread } from './model/threads.ts';
import { banner, failed, keysDialog, loading, moreMenu, notice } from './overlays.ts';
import { answered } from './patience.ts';
import { rail } from './rail.ts';
import type { ReviewSession } from './reviewSession.ts';

const narrowWidth = 720;

export interface ReviewViewParts {
  readonly session: ReviewSession;
  readonly rpc: Rpc<ReviewHostCalls>;
  readonly kept: KeptState;
  readonly save: (state: KeptState) => void;
}

/** The whole page: it holds what is on screen and hands it to its parts, which draw it. */
export class ReviewView extends LitElement implements Desk {
  readonly session: ReviewSession;
  state: KeptState;
  comparison: Comparison | null = null;
  threads: readonly PlacedThread[] = [];
  dialog: Dialog = null;
  narrow = window.innerWidth <= narrowWidth;
  readonly #rpc: Rpc<ReviewHostCalls>;
  readonly #save: (state: KeptState) => void;
  readonly #document: DocumentView;
  /** Where the focus was before a dialog took it. */
  #focusBefore: HTMLElement | null = null;
  #onResize = () => {
    this.narrow = window.innerWidth <= narrowWidth;
    this.requestUpdate();
  };
  /** Counts of a version need its text: they are worked out for the versions in sight, one at a time. */
  readonly #inSight = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) this.session.count(Number((target as HTMLElement).dataset['version']));
  });
  /** A list that is open closes when something else is pressed. */
  #onPointer = ({ target }: Event) => {
    const list = this.dialog === 'more' || this.dialog === 'base' || this.dialog === 'version';
    if (list && (target as Element).closest('.popup, [aria-haspopup]') === null) this.openDialog(null);
  };
  #onKey = (event: KeyboardEvent) => this.#pressed(event);

  constructor({ session, rpc, kept, save }: ReviewViewParts) {
    super();
    this.session = session;
    this.state = kept;
    this.#rpc = rpc;
    this.#save = save;
    this.#document = documentView(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('resize', this.#onResize);
    window.addEventListener('keydown', this.#onKey);
    window.addEventListener('pointerdown', this.#onPointer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('resize', this.#onResize);
    window.removeEventListener('keydown', this.#onKey);
    window.removeEventListener('pointerdown', this.#onPointer);
    this.#inSight.disconnect();
  }

  get markdown(): boolean {
    return this.session.artifact === null || isMarkdown(this.session.artifact);
  }

  get kind(): ViewKind {
    if (this.session.pair === null || this.session.pair.base === null) return 'rendered';
    const kind = this.state.kind ?? (this.markdown ? 'rendered' : 'side');
    return kind === 'side' && this.narrow ? 'inline' : kind;
  }

  get railShown(): boolean {
    return this.state.rail ?? !this.narrow;
  }

  keep(change: Partial<KeptState>): void {
    const opensNotes = change.notesOpen === true && !this.state.notesOpen;
    const writes = change.writing !== undefined && change.writing !== null;
    this.state = { ...this.state, ...change };
    this.#save(this.state);
    this.requestUpdate();
    if (opensNotes) this.#focusField('notes');
    if (writes) this.#focusField('writing');
  }

  keepQuietly(change: Partial<KeptState>): void {
    this.state = { ...this.state, ...change };
    this.#save(this.state);
  }

  setDraft(key: string, text: string): void {
    this.keep({ drafts: { ...this.state.drafts, [key]: text } });
  }

  openDialog(dialog: Dialog): void {
    if (this.dialog === null && dialog !== null) this.#focusBefore = focused();
    this.dialog = dialog;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (dialog === null) this.#focusBefore?.focus();
      else focusFirst(this.querySelector<HTMLElement>('[data-focus]'));
    });
  }

  showKind(kind: ViewKind): void {
    if (kind === 'side' && this.narrow) return;
    if (kind !== 'rendered' && (this.session.pair?.base ?? null) === null) return;
    this.#document.stayAt(this.#document.topLine);
    this.keep({ kind });
  }

  step(by: 1 | -1): void {
    const total = this.comparison?.changes.length ?? 0;
    if (total === 0) return;
    const now = this.state.change ?? (by === 1 ? -1 : total);
    this.revealChange((now + by + total) % total);
  }

  revealChange(change: number): void {
    this.keep({ change });
    void this.updateComplete.then(() => this.#document.revealChange(change));
  }

  revealThread(id: string): void {
    const thread = this.threads.find((one) => one.id === id);
    if (thread === undefined) return;
    if (!this.isOpen(thread)) this.toggleThread(thread);
    if (!this.state.reading.includes(id)) this.readThread(thread);
    if (this.narrow) this.keep({ rail: false });
    void this.updateComplete.then(() => this.#document.revealInsert(insertKey(thread), thread));
  }

  isOpen(thread: PlacedThread): boolean {
    return thread.resolved === this.state.toggled.includes(thread.id);
  }

  toggleThread({ id }: PlacedThread): void {
    this.keep({ toggled: toggled(this.state.toggled, id) });
  }

  readThread({ id }: PlacedThread): void {
    this.keep({ reading: toggled(this.state.reading, id) });
  }

  writeOn(lines: ChosenLines): void {
    const { pair } = this.session;
    const version = lines.side === 'old' ? pair?.base : pair?.version;
    if (version !== null && version !== undefined) this.keep({ writing: { ...lines, version } });
  }

  commentHere(): void {
    const { lines } = this.#document;
    if (lines !== null) this.writeOn(lines);
  }

  send(key: string): void {
    const text = (this.state.drafts[key] ?? '').trim();
    if (text === '') return;
    void this.#sent(key, text).then((sent) => {
      if (!sent) return;
      const { [key]: _sent, ...drafts } = this.state.drafts;
      this.keep({ drafts });
    });
  }

  async #sent(key: string, text: string): Promise<boolean> {
    if (key === 'notes') {
      const sent = await this.session.requestChanges(text);
      if (sent) this.keep({ notesOpen: false });
      return sent;
    }
    if (key === 'writing') {
      const { writing } = this.state;
      if (writing === null) return false;
      const sent = await this.session.comment(
        writing.version,
        { start: writing.from + 1, end: writing.to + 1 },
        text,
      );
      if (sent) this.keep({ writing: null });
      return sent;
    }
    const thread = this.session.threads.find(({ id }) => key === `reply:${id}`);
    return thread === undefined ? false : this.session.reply(thread, text);
  }

  approve(): void {
    if (this.session.approvalRefusal === null && this.session.doing === null) this.openDialog('approve');
  }

  do(action: 'diff' | 'copy' | 'save' | 'log'): void {
    const { pair } = this.session;
    if (action === 'log') return this.#rpc.tell('openLog', null);
    if (pair === null) return;
    if (action === 'diff') {
      if (pair.base !== null) this.#rpc.tell('openDiff', { base: pair.base, version: pair.version });
    } else if (action === 'copy') {
      const text = this.comparison?.now.join('\n');
      if (text !== undefined) this.#rpc.tell('copy', { text });
    } else void this.#saveFile(pair.version);
  }

  async #saveFile(version: number): Promise<void> {
    // The person may be asked where to: there is no hurry. Whatever fails is said.
    const saved = await answered(this.#rpc.call('save', { version }), null);
    if (!saved.ok) this.session.say({ kind: 'refused', ...saved.refusal });
    else if (saved.value !== null)
      this.session.say({ kind: 'done', message: `v${version} is saved.`, next: saved.value.file });
  }

  openLink(url: string): void {
    this.#rpc.tell('openLink', { url });
  }

  protected override willUpdate(): void {
    const { pair, phase, artifact, texts, threads } = this.session;
    if (pair === null || artifact === null) return;
    if (this.state.pair?.base !== pair.base || this.state.pair?.version !== pair.version) {
      // Another pair has other changes, folds and lines.
      this.state = {
        ...this.state,
        pair,
        change: null,
        unfolded: [],
        writing: keptWriting(this.state, pair),
      };
      this.#save(this.state);
      this.comparison = null;
    }
    if (phase.kind !== 'ready') return;
    this.comparison ??= compare(texts, pair, colouringOf(artifact));
    const { comparison } = this;
    if (comparison === null) return;
    const shown = {
      base: pair.base,
      version: pair.version,
      lineCount: comparison.now.length,
      changesSince: (version: number) => texts.changes(version, pair.version),
    };
    this.threads = threads.flatMap((thread) => placeThread(thread, shown) ?? []);
  }

  protected override render(): TemplateResult {
    const { phase } = this.session;
    return html`${header(this)} ${banner(this)} ${notice(this)}
      <div class="work">
        <main aria-busy=${phase.kind === 'loading'}>
          ${
            phase.kind === 'loading'
              ? loading(this, phase.versions)
              : phase.kind === 'failed'
                ? failed(this)
                : this.#document.draw()
          }
        </main>
        ${this.railShown ? rail(this) : nothing}
      </div>
      ${notesBox(this)} ${actionBar(this)} ${moreMenu(this)} ${keysDialog(this)}`;
  }

  protected override updated(): void {
    for (const item of this.querySelectorAll('.ver:not(:has(.counts))')) this.#inSight.observe(item);
  }

  #focusField(key: string): void {
    void this.updateComplete
      .then(() => this.#document.whenDrawn())
      .then(() => {
        this.querySelector<HTMLElement>(`[data-draft="${key}"]`)?.focus();
      });
  }

  #pressed(event: KeyboardEvent): void {
    const field = fieldOf(event);
    const action = actionOf(event, field !== null);
    if (action === null) return;
    if (this.#act(action, field?.dataset['draft'] ?? null)) event.preventDefault();
  }

  #act(action: KeyAction, draft: string | null): boolean {
    const thread = this.#focusedThread();
    switch (action) {
      case 'next':
      case 'previous':
        this.step(action === 'next' ? 1 : -1);
        return true;
      case 'rendered':
      case 'side':
      case 'inline':
        this.showKind(action);
        return true;
      case 'send':
        if (draft !== null) this.send(draft);
        return draft !== null;
      case 'approve':
        this.approve();
        return true;
      case 'diff':
        this.do('diff');
        return true;
      case 'comment':
        this.commentHere();
        return true;
      case 'reply':
        if (thread !== null) this.#focusField(`reply:${thread.id}`);
        return thread !== null;
      case 'resolve':
        if (thread !== null) void this.session.setResolved(thread, !thread.resolved);
        return thread !== null;
      case 'notes':
        this.keep({ notesOpen: !this.state.notesOpen });
        return true;
      case 'rail':
        this.keep({ rail: !this.railShown });
        return true;
      case 'keys':
        this.openDialog('keys');
        return true;
      case 'close':
        return this.#close(thread);
    }
  }

  /** Escape closes what is uppermost; what was typed is kept. */
  #close(thread: PlacedThread | null): boolean {
    if (this.dialog !== null) this.openDialog(null);
    else if (this.state.writing !== null) this.keep({ writing: null });
    else if (this.state.notesOpen) this.keep({ notesOpen: false });
    else if (this.narrow && this.railShown) this.keep({ rail: false });
    else if (thread !== null && this.isOpen(thread)) this.toggleThread(thread);
    else return false;
    return true;
  }

  #focusedThread(): PlacedThread | null {
    const id = document.activeElement?.closest<HTMLElement>('[data-thread]')?.dataset['thread'];
    return this.threads.find((thread) => thread.id === id) ?? null;
  }
}

const toggled = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];

/** What is written on a version stays while that version is on screen. */
const keptWriting = ({ writing }: KeptState, pair: NonNullable<KeptState['pair']>): KeptState['writing'] =>
  writing !== null && (writing.version === pair.version || writing.version === pair.base) ? writing : null;

const focused = (): HTMLElement | null => document.activeElement as HTMLElement | null;

/** The chosen entry of a list, else its first one, else the element itself. */
const focusFirst = (element: HTMLElement | null): void =>
  (
    element?.querySelector<HTMLElement>('[tabindex="0"]') ??
    element?.querySelector<HTMLElement>('[tabindex]') ??
    element
  )?.focus();

/** The field that an event came from. The toolkit's fields hide their own within themselves. */
function fieldOf(event: Event): HTMLElement | null {
  const found = event
    .composedPath()
    .find((one) => one instanceof HTMLElement && /TEXT-AREA|TEXT-FIELD/.test(one.tagName));
  return (found as HTMLElement | undefined) ?? null;
}
