import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { readSettings } from '../settings/readSettings.ts';
import { shortened } from '../trees/looks/words.ts';
import type { InboxItem } from '../trees/model/entity.ts';
import { newQuestions } from './newQuestions.ts';

/** One notification for each question that comes, and one line for those that waited already. */
export class QuestionNotices implements Disposable {
  readonly #parts: EditorParts;
  #seen: ReadonlySet<string> | null = null;
  #disposed = false;

  constructor(parts: EditorParts) {
    this.#parts = parts;
  }

  /** @param questions all that wait now */
  see(questions: readonly InboxItem[]): void {
    const { single, together } = newQuestions(this.#seen, questions);
    this.#seen = new Set([...(this.#seen ?? []), ...questions.map(({ id }) => id)]);
    if (!readSettings().notifiesOfQuestions) return;
    for (const question of single) void this.#tell(question).catch((error: unknown) => this.#log(error));
    if (together > 0) void this.#tellOfMany(together).catch((error: unknown) => this.#log(error));
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #tell({ id, title, from }: InboxItem): Promise<void> {
    const chosen = await vscode.window.showInformationMessage(
      `${from ?? 'Sloop'} asks: ${shortened(title, 160)}`,
      'Answer',
      'Later',
    );
    if (chosen === 'Answer' && !this.#disposed)
      await vscode.commands.executeCommand(commandIds.answerQuestion, id);
  }

  async #tellOfMany(many: number): Promise<void> {
    const text = many === 1 ? '1 question waits for your answer.' : `${many} questions wait for your answer.`;
    const chosen = await vscode.window.showInformationMessage(text, 'Show');
    if (chosen === 'Show' && !this.#disposed) await vscode.commands.executeCommand('sloop.inbox.focus');
  }

  #log(error: unknown): void {
    this.#parts.logger.log('error', 'a question could not be told of', { error });
  }
}
