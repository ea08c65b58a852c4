import type { Result } from '../../src/protocol/loop.ts';
import { approveQuestion, stopQuestion } from './model/confirmation.ts';
import { findCell, neighbour } from './model/columns.ts';
import { liftedLimit, type MoveName } from './model/moves.ts';
import type { CellKey } from './model/snapshot.ts';
import type { LoopView } from './loopView.ts';
import type { LoopActions } from './view/parts.ts';

const earlierStep = 24;
const mostRounds = 1000;

/** What the person does in the view, carried out: by operations, by the editor, or in the view itself. */
export class LoopControl implements LoopActions {
  readonly #view: LoopView;

  constructor(view: LoopView) {
    this.#view = view;
  }

  move(name: MoveName): void {
    this.#view.isMenuOpen = false;
    const move = this.#view.moves?.[name];
    if (move?.allowed === false) this.#say(move.why);
    else void this.#guarded(() => this.#move(name));
  }

  async #move(name: MoveName): Promise<void> {
    const { client, snapshot, history } = this.#view;
    if (snapshot === null || history === null) return;
    const { loop } = snapshot;
    const one = { loop: loop.id };
    switch (name) {
      case 'pause':
        return this.#done(await client.execute('loop.pause', one));
      case 'resume':
        return this.#done(await client.execute('loop.resume', one));
      case 'oneMoreRound':
        return this.#done(await client.execute('loop.resume', { ...one, maxIterations: liftedLimit(loop) }));
      case 'stop':
        if (await this.#view.host.rpc.call('confirm', stopQuestion(loop)))
          this.#done(await client.execute('loop.stop', one));
        return;
      case 'approve':
        if (await this.#view.host.rpc.call('confirm', approveQuestion(loop, history)))
          this.#done(await client.execute('loop.approve', one));
        return;
    }
  }

  stopAgent(agent: string): void {
    void this.#guarded(async () =>
      this.#done(await this.#view.client.execute('agent.stop', { agents: [agent] })),
    );
  }

  compose(agent: string | null): void {
    const from = this.#view.composing;
    this.#view.composing = agent;
    void this.#view.updateComplete.then(() => {
      if (agent !== null) this.#focus('vscode-text-area.note');
      else if (from !== null) this.#focus('.row-of vscode-button:nth-of-type(2)');
    });
  }

  draft(agent: string, text: string): void {
    this.#view.drafts = { ...this.#view.drafts, [agent]: text };
    this.#view.save();
  }

  send(agent: string): void {
    const body = this.#view.drafts[agent]?.trim() ?? '';
    const name = this.#view.snapshot?.agents.get(agent)?.agent.name;
    if (body === '' || name === undefined) return;
    void this.#guarded(async () => {
      const sent = await this.#view.client.execute('message.send', { to: name, body });
      if (sent.ok) {
        this.draft(agent, '');
        this.compose(null);
      }
      this.#done(sent);
    });
  }

  openArtifact(artifact: string, version: number | null): void {
    this.#view.host.rpc.tell('openArtifact', { artifact, version });
  }
  openAgent(agent: string): void {
    this.#view.host.rpc.tell('openAgent', { agent });
  }
  openLog(agent: string): void {
    this.#view.host.rpc.tell('openLog', { agent });
  }
  openPrompt(agent: string): void {
    this.#view.host.rpc.tell('openPrompt', { agent });
  }
  showTerminal(agent: string): void {
    this.#view.host.rpc.tell('showTerminal', { agent });
  }
  openFile(file: string, line: number | null): void {
    this.#view.host.rpc.tell('openFile', { file, line });
  }

  choose(key: CellKey): void {
    this.#view.chosen = key;
    this.#view.focusKey = key;
    this.#view.save();
    this.#view.refresh();
    this.#focusCard(key);
  }

  toggleRound(round: number): void {
    const unfolded = new Set(this.#view.unfolded);
    if (!unfolded.delete(round)) unfolded.add(round);
    this.#view.unfolded = unfolded;
    this.#view.save();
  }

  showStory(story: boolean): void {
    this.#view.isStory = story;
    this.#view.save();
  }

  showEarlier(): void {
    this.#view.feed.rounds = Math.min(mostRounds, this.#view.feed.rounds + earlierStep);
    this.#view.save();
    this.#view.refresh();
  }

  toggleGoal(): void {
    this.#view.isGoalOpen = !this.#view.isGoalOpen;
  }

  toggleMenu(): void {
    this.#view.isMenuOpen = !this.#view.isMenuOpen;
    if (this.#view.isMenuOpen) void this.#view.updateComplete.then(() => this.#focus('[role=menuitem]'));
  }

  retry(): void {
    this.#view.refresh();
  }

  dismissNotice(): void {
    this.#view.notice = null;
  }

  /** On a card: arrows, Home and End move, Enter or Space chooses, L, O and T open. */
  onGridKey(event: KeyboardEvent): void {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset['key'];
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#onCardKey(key, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #onCardKey(key: CellKey, pressed: string): boolean {
    const cell = findCell(this.#view.columns, key);
    const artifact = cell?.stage?.artifactId ?? null;
    const agent = cell?.agentId ?? null;
    switch (pressed) {
      case 'Enter':
      case ' ':
        this.choose(key);
        return true;
      case 'l':
      case 'L':
        if (agent !== null) this.openLog(agent);
        return true;
      case 'o':
      case 'O':
        if (artifact !== null) this.openArtifact(artifact, null);
        return true;
      case 't':
      case 'T':
        if (agent !== null) this.showTerminal(agent);
        return true;
      default:
        return this.#onArrow(key, pressed);
    }
  }

  #onArrow(key: CellKey, pressed: string): boolean {
    if (!/^(Arrow|Home$|End$)/.test(pressed)) return false;
    const shown = this.#view.columns.filter(
      ({ kind, number }) => !this.#view.isNarrow || kind === 'newest' || this.#view.unfolded.has(number),
    );
    // In one column the rounds follow each other from top to bottom.
    const to = this.#view.isNarrow ? inOneColumn(shown, key, pressed) : neighbour(shown, key, pressed);
    this.#view.focusKey = to;
    this.#focusCard(to);
    return true;
  }

  /** Escape closes what is open, else it leads back to the grid. */
  readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (this.#view.isMenuOpen) {
      this.#view.isMenuOpen = false;
      void this.#view.updateComplete.then(() => this.#focus('.more vscode-button'));
    } else if (this.#view.chosenKey !== null) this.#focusCard(this.#view.chosenKey);
  };

  #focusCard(key: CellKey): void {
    void this.#view.updateComplete.then(() => this.#focus(`[data-key="${key}"]`));
  }

  #focus(selector: string): void {
    this.#view.querySelector<HTMLElement>(selector)?.focus();
  }

  #done(result: Result<unknown>): void {
    if (result.ok) {
      this.#view.notice = null;
      this.#view.refresh();
    } else this.#say(`${result.refusal.message} ${result.refusal.next}`);
  }

  #say(text: string): void {
    this.#view.notice = text;
  }

  async #guarded(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.#say(`That did not work: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function inOneColumn(
  columns: readonly { readonly cells: readonly { readonly key: CellKey }[] }[],
  key: CellKey,
  pressed: string,
): CellKey {
  const keys = columns.flatMap(({ cells }) => cells.map((cell) => cell.key));
  const at = keys.indexOf(key);
  const to =
    pressed === 'Home' ? 0 : pressed === 'End' ? keys.length - 1 : at + (/Up|Left/.test(pressed) ? -1 : 1);
  return keys[to] ?? key;
}
