import type { Result } from '../../src/protocol/agent.ts';
import type { AgentView } from './agentView.ts';
import type { ActionName } from './model/actions.ts';
import { deleteLogQuestion, stopQuestion } from './model/confirmation.ts';
import { messageBox, sentText } from './model/messageBox.ts';
import type { SavedPanel } from './model/saved.ts';
import type { PanelActions } from './view/actions.ts';

const typingMs = 250;

/** What the person does in the panel, carried out: by operations, by the editor, or in the panel itself. */
export class AgentControl implements PanelActions {
  readonly #view: AgentView;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #loading = false;

  constructor(view: AgentView) {
    this.#view = view;
  }

  act(name: ActionName): void {
    this.#view.isMenuOpen = false;
    void this.#guarded(() => this.#act(name));
  }

  async #act(name: ActionName): Promise<void> {
    const { client, host, agent: id, facts } = this.#view;
    const agent = facts?.agent;
    switch (name) {
      case 'stop':
        if (agent === undefined || !(await host.rpc.call('confirm', stopQuestion(agent)))) return;
        return this.#done(await client.execute('agent.stop', { agents: [id] }));
      case 'resume':
        if (agent?.notResumable != null) return this.#say(agent.notResumable, true);
        return this.#resume();
      case 'dismiss':
        return this.#done(await client.execute('agent.dismiss', { agents: [id] }));
      case 'deleteLog':
        return this.#deleteLog();
      case 'terminal':
      case 'log':
      case 'prompt':
      case 'worktree':
      case 'worktreeTerminal':
      case 'merges':
        return host.rpc.tell('open', { place: name });
    }
  }

  async #deleteLog(): Promise<void> {
    const { client, host, agent } = this.#view;
    const counted = await client.execute('agent.deleteLog', { agent, dryRun: true });
    if (!counted.ok) return this.#done(counted);
    if (!(await host.rpc.call('confirm', deleteLogQuestion(counted.value)))) return;
    const deleted = await client.execute('agent.deleteLog', { agent });
    await this.#view.log.toEnd();
    this.#view.takeWindow();
    this.#done(deleted);
  }

  /** With what stands in the message box, where something does. */
  async #resume(): Promise<void> {
    const { client, agent, draft } = this.#view;
    const prompt = draft.trim();
    const resumed = await client.execute('agent.resume', { agent, ...(prompt === '' ? {} : { prompt }) });
    if (resumed.ok) {
      this.draft('');
      this.toEnd();
    }
    this.#done(resumed);
  }

  draft(text: string): void {
    this.#view.draft = text;
    this.#view.save();
  }

  send(): void {
    const { facts, draft, client } = this.#view;
    const body = draft.trim();
    if (facts === null || body === '') return;
    const box = messageBox(facts.agent, facts.question !== null);
    if (box.why !== null) return this.#say(box.why, true);
    void this.#guarded(async () => {
      if (box.does === 'resume') return this.#resume();
      const sent = await client.execute('message.send', { to: facts.agent.name, body });
      this.#done(sent);
      if (!sent.ok) return;
      this.draft('');
      this.#say(sentText(facts.agent.name, sent.value.delivery), false);
    });
  }

  answerDraft(text: string): void {
    this.#view.answer = text;
    this.#view.save();
  }

  answer(): void {
    const { facts, answer, client } = this.#view;
    const body = answer.trim();
    if (facts?.question == null || body === '') return;
    const { id } = facts.question;
    void this.#guarded(async () => {
      const answered = await client.execute('message.answer', { message: id, body });
      if (answered.ok) this.answerDraft('');
      this.#done(answered);
    });
  }

  openLink(url: string): void {
    this.#view.host.rpc.tell('openLink', { url });
  }
  openDiff(repository: string, file: string): void {
    this.#view.host.rpc.tell('openDiff', { repository, file });
  }
  openAllChanges(): void {
    this.#view.host.rpc.tell('open', { place: 'changes' });
  }
  openAccounts(): void {
    this.#view.host.rpc.tell('open', { place: 'accounts' });
  }
  readChanges(): void {
    this.#view.readChanges();
  }
  reveal(noun: 'todo' | 'sprint' | 'project' | 'loop', id: string): void {
    this.#view.host.rpc.tell('reveal', { noun, id });
  }

  toggleFollow(): void {
    if (!this.#view.follows) return this.toEnd();
    const at = this.#view.reading.anchor();
    this.#view.follows = false;
    if (at !== null) this.#view.reading.standAt(at.key, at.offset);
  }

  toEnd(): void {
    this.#view.marked = null;
    this.#view.follows = true;
    this.#view.standsAt(null);
    void this.#guarded(async () => {
      if (this.#view.window.newer > 0) await this.#view.log.toEnd();
      this.#view.takeWindow();
      await this.#view.updateComplete;
      this.#view.reading.follow();
    });
  }

  loadOlder(): void {
    if (this.#view.window.older > 0) this.#load(() => this.#view.log.older());
  }

  loadNewer(): void {
    if (this.#view.window.newer > 0) this.#load(() => this.#view.log.newer());
  }

  #load(job: () => Promise<void>): void {
    if (this.#loading) return;
    this.#loading = true;
    void this.#guarded(async () => {
      await job();
      this.#view.takeWindow();
      await this.#view.updateComplete;
    }).finally(() => (this.#loading = false));
  }

  search(text: string): void {
    this.#view.search = text;
    this.#view.save();
    clearTimeout(this.#typing);
    if (text.trim() === '') this.#view.finds = null;
    else this.#typing = setTimeout(() => void this.#guarded(() => this.#find(text.trim())), typingMs);
  }

  async #find(text: string): Promise<void> {
    const finds = await this.#view.log.find(text);
    // Typing goes on while it looks.
    if (this.#view.search.trim() === text) this.#view.finds = finds;
  }

  moreFinds(): void {
    const { finds, log } = this.#view;
    if (finds !== null)
      void this.#guarded(async () => {
        const more = await log.find(finds.text, finds);
        if (this.#view.finds === finds) this.#view.finds = more;
      });
  }

  goTo(sequence: number): void {
    this.#view.search = '';
    this.#view.finds = null;
    this.#view.marked = sequence;
    this.#view.standsAt({ sequence, offset: 80 });
    void this.#guarded(async () => {
      await this.#view.updateComplete;
      await this.#view.standAt(sequence, 80);
      await this.#view.updateComplete;
      this.#view.querySelector<HTMLElement>('.entry.marked')?.focus({ preventScroll: true });
    });
  }

  fold(key: string, open: boolean): void {
    this.#view.folds = { ...this.#view.folds, [key]: open };
    this.#view.save();
  }

  showHalf(half: SavedPanel['half']): void {
    this.#view.half = half;
    this.#view.save();
  }

  toggleMenu(): void {
    this.#view.isMenuOpen = !this.#view.isMenuOpen;
    if (this.#view.isMenuOpen) void this.#view.updateComplete.then(() => this.#focus('[role=menuitem]'));
  }

  toggleProgress(): void {
    this.#view.isProgressWhole = !this.#view.isProgressWhole;
  }

  retry(): void {
    this.#view.refresh();
  }

  dismissNotice(): void {
    this.#view.notice = null;
  }

  /** Escape closes the menu; arrows walk it. */
  readonly onKey = (event: KeyboardEvent): void => {
    if (!this.#view.isMenuOpen) return;
    if (event.key === 'Escape') {
      this.#view.isMenuOpen = false;
      void this.#view.updateComplete.then(() => this.#focus('.more vscode-button'));
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const items = [...this.#view.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (step === 0 || at < 0) return;
    event.preventDefault();
    items.at((at + step) % items.length)?.focus();
  };

  /** Links in what an agent wrote open by the editor; a click elsewhere closes the menu. */
  readonly onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const link = target.closest('a');
    if (link !== null) {
      event.preventDefault();
      this.openLink(link.getAttribute('href') ?? '');
    }
    if (this.#view.isMenuOpen && target.closest('.more') === null) this.#view.isMenuOpen = false;
  };

  #focus(selector: string): void {
    this.#view.querySelector<HTMLElement>(selector)?.focus();
  }

  #done(result: Result<unknown>): void {
    if (result.ok) {
      this.#view.notice = null;
      this.#view.refresh();
    } else this.#say(`${result.refusal.message} ${result.refusal.next}`, true);
  }

  #say(text: string, isFault: boolean): void {
    this.#view.notice = { text, isFault };
  }

  async #guarded(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.#say(`That did not work: ${error instanceof Error ? error.message : String(error)}`, true);
    }
  }
}
