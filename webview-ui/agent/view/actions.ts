import type { ActionName } from '../model/actions.ts';

/** What a person can do in the panel; templates call nothing else. */
export interface PanelActions {
  act(name: ActionName): void;
  draft(text: string): void;
  send(): void;
  answerDraft(text: string): void;
  answer(): void;
  openLink(url: string): void;
  openDiff(repository: string, file: string): void;
  openAllChanges(): void;
  readChanges(): void;
  reveal(noun: 'todo' | 'sprint' | 'project' | 'loop', id: string): void;
  openAccounts(): void;
  toggleFollow(): void;
  toEnd(): void;
  search(text: string): void;
  moreFinds(): void;
  goTo(sequence: number): void;
  fold(key: string, open: boolean): void;
  showHalf(half: 'transcript' | 'details'): void;
  toggleMenu(): void;
  toggleProgress(): void;
  retry(): void;
  dismissNotice(): void;
}
