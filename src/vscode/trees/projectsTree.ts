import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposables.ts';
import type { EditorParts } from '../editorParts.ts';
import { askFilter } from './askFilter.ts';
import { filterWords, isEmpty } from './filterWords.ts';
import { ModelTree } from './modelTree.ts';
import { FilterSource, type Criteria } from './sources/filterSource.ts';
import { WorkSource } from './sources/workSource.ts';
import { registerCheckboxes } from './todoCheckboxes.ts';
import { todoDragAndDrop } from './todoDragAndDrop.ts';
import { viewCommands } from './viewCommands.ts';

const completedKey = 'sloop.showCompleted';

/** Projects with all that is in them; filtered, the todos that match. */
export class ProjectsTree extends DisposableStore {
  readonly tree: ModelTree;
  readonly #parts: EditorParts;
  readonly #work: WorkSource;
  #filter: FilterSource | undefined;
  #criteria: Criteria = {};

  constructor(parts: EditorParts) {
    super();
    this.#parts = parts;
    this.#work = new WorkSource(parts.client, () => this.#showsCompleted());
    this.tree = this.add(
      new ModelTree(parts, 'sloop.projects', {
        source: this.#work,
        manyAtOnce: true,
        dragAndDrop: todoDragAndDrop(parts.client, () => this.tree),
      }),
    );
    this.add(registerCheckboxes(parts.client, this.tree));
    this.add(this.tree.onDidDraw(() => this.#describe()));
    const on = (id: string, run: () => unknown) => this.add(vscode.commands.registerCommand(id, run));
    on(viewCommands.filter, () => this.#ask());
    on(viewCommands.clearFilter, () => this.#apply({}));
    on(viewCommands.showCompleted, () => this.#complete(true));
    on(viewCommands.hideCompleted, () => this.#complete(false));
    this.#tellContext();
  }

  /** Selects a row; what the filter or the toggle hides is shown for it. */
  async reveal(noun: string, id: string): Promise<boolean> {
    if (this.#filter !== undefined) this.#apply({});
    if (await this.tree.reveal(noun, id)) return true;
    if (this.#showsCompleted()) return false;
    await this.#complete(true);
    return this.tree.reveal(noun, id);
  }

  async #ask(): Promise<void> {
    const criteria = await askFilter(this.#parts.client, this.#criteria);
    if (criteria !== undefined) this.#apply(criteria);
  }

  #apply(criteria: Criteria): void {
    this.#criteria = criteria;
    this.#filter = isEmpty(criteria) ? undefined : new FilterSource(this.#parts.client, criteria);
    this.tree.reset(this.#filter ?? this.#work);
    this.#tellContext();
    this.#describe();
  }

  #describe(): void {
    const left = this.#filter?.left ?? 0;
    const words = filterWords(this.#criteria);
    this.tree.view.description = left === 0 ? words : `${words} (${left} more)`;
  }

  #showsCompleted(): boolean {
    return this.#parts.context.workspaceState.get(completedKey, true);
  }

  async #complete(shown: boolean): Promise<void> {
    await this.#parts.context.workspaceState.update(completedKey, shown);
    this.#tellContext();
    await this.tree.relist();
  }

  #tellContext(): void {
    const tell = (key: string, value: boolean) =>
      void vscode.commands.executeCommand('setContext', key, value);
    tell('sloop.filtered', this.#filter !== undefined);
    tell('sloop.showsCompleted', this.#showsCompleted());
  }
}
