import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { Refused } from '../../base/result.ts';
import type { Event } from '../../domain/event/event.ts';
import type { EditorParts } from '../editorParts.ts';
import { lookOf } from './looks/lookOf.ts';
import { coalesced } from './model/coalesced.ts';
import { top } from './model/entity.ts';
import { TreeModel, type Redraw, type TreeNode } from './model/treeModel.ts';
import type { TreeSource } from './model/treeSource.ts';
import { tooltipOf } from './tooltipOf.ts';
import { treeItem } from './treeItem.ts';

const gatherMs = 80;
const tickMs = 60_000;
const revealTries = 5;
const revealAgainMs = 300;

export interface ModelTreeOptions {
  readonly source: TreeSource;
  readonly dragAndDrop?: vscode.TreeDragAndDropController<TreeNode>;
  readonly manyAtOnce?: boolean;
}

/** A native tree over a model: follows committed changes, the connection, and the clock while it is seen. */
export class ModelTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly #owned = new DisposableStore();
  readonly #drawn = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly #changed: Emitter<void>;
  readonly #parts: EditorParts;
  /** What time may change of a row, as it was drawn last. */
  readonly #texts = new WeakMap<TreeNode, string>();
  /** What the person opened and folded: VS Code forgets it of rows that were away for a while. */
  readonly #opened = new Map<string, boolean>();
  #model: TreeModel;

  readonly onDidChangeTreeData = this.#drawn.event;

  constructor(parts: EditorParts, id: string, options: ModelTreeOptions) {
    this.#parts = parts;
    const fault = (error: unknown) => this.#fault(error);
    this.#changed = new Emitter(fault);
    this.#model = new TreeModel(options.source);
    const { dragAndDrop } = options;
    this.view = vscode.window.createTreeView(id, {
      treeDataProvider: this,
      showCollapseAll: id === 'sloop.projects',
      manageCheckboxStateManually: true,
      canSelectMany: options.manyAtOnce ?? false,
      ...(dragAndDrop === undefined ? {} : { dragAndDropController: dragAndDrop }),
    });
    const changes = coalesced<Event>(
      gatherMs,
      async (events) => this.#draw(await this.#model.apply(events)),
      fault,
    );
    const timer = setInterval(() => this.#tick(), tickMs);
    this.#owned.add(this.view);
    this.#owned.add(this.view.onDidExpandElement(({ element }) => this.#opened.set(element.key, true)));
    this.#owned.add(this.view.onDidCollapseElement(({ element }) => this.#opened.set(element.key, false)));
    this.#owned.add(this.#drawn);
    this.#owned.add(changes);
    this.#owned.add({ dispose: () => clearInterval(timer) });
    this.#owned.add(parts.client.onDidChange((events) => changes.push(events)));
    this.#owned.add(
      parts.connection.onDidChangeState(({ kind }) => {
        // Another owner may have committed what this window did not see.
        if (kind === 'owner' || kind === 'client' || kind === 'refused') this.reset();
      }),
    );
  }

  get model(): TreeModel {
    return this.#model;
  }

  /** Something was drawn anew: counts in titles and badges may have changed. */
  readonly onDidDraw = (listener: () => void): Disposable => this.#changed.event(listener);

  /** Shows rows from elsewhere, or all of them anew. */
  reset(source?: TreeSource): void {
    if (source === undefined) this.#model.forget();
    else this.#model = new TreeModel(source);
    this.#draw(null);
  }

  /** Lists all that is loaded again: the same rows by other rules. */
  async relist(): Promise<void> {
    this.#draw(await this.#model.relist());
  }

  redraw(nodes: Redraw): void {
    this.#draw(nodes);
  }

  async loadMore(more: TreeNode): Promise<void> {
    this.#draw(await this.#model.loadMore(more));
  }

  /** Selects the row of a thing, loading the way to it; false where it has none here. */
  async reveal(noun: string, id: string): Promise<boolean> {
    const found = await this.#model.find(noun, id);
    if (found === null) return false;
    this.#draw(found.redraw);
    await this.#reveal(found.node, revealTries);
    return true;
  }

  /** VS Code refuses a row whose parent it still draws; that it could not be shown is no failure of what made it. */
  async #reveal(node: TreeNode, tries: number): Promise<void> {
    try {
      await this.view.reveal(node, { select: true, focus: true, expand: false });
    } catch (error) {
      if (tries > 1) {
        await sleep(revealAgainMs);
        return this.#reveal(node, tries - 1);
      }
      this.#parts.logger.log('info', 'a row could not be revealed', { key: node.key, error });
    }
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    this.#texts.set(node, this.#textOf(node));
    return treeItem(node, this.#opened.get(node.key), Date.now());
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    try {
      return [...(await this.#model.children(node ?? null))];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { message, next } = error.refusal;
      return node === undefined ? [notice(message, next)] : [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#model.parentOf(node) ?? undefined;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: TreeNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await tooltipOf(this.#parts.client, node.entity.row);
    if (tooltip !== null && !token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #draw(redraw: Redraw): void {
    if (redraw === null) this.#drawn.fire(undefined);
    else if (redraw.length > 0) this.#drawn.fire([...redraw]);
    else return;
    this.#changed.fire();
  }

  /** Draws again the rows in which a passed minute shows: how long something runs, what is overdue by now. */
  #tick(): void {
    if (!this.view.visible) return;
    const old = [...this.#model.nodes()].filter((node) => {
      const drawn = this.#texts.get(node);
      return drawn !== undefined && drawn !== this.#textOf(node);
    });
    if (old.length > 0) this.#drawn.fire(old);
  }

  #textOf(node: TreeNode): string {
    const { label, description } = lookOf(node.entity.row, Date.now());
    return `${label}\n${description}`;
  }

  #fault(error: unknown): void {
    // A refusal means that there is no host any more; the connection's state says so in the tree.
    this.#parts.logger.log(error instanceof Refused ? 'debug' : 'error', 'a tree could not follow', {
      error,
    });
  }
}

const notice = (message: string, next: string): TreeNode => ({
  key: 'notice',
  noun: 'notice',
  id: 'notice',
  place: top,
  entity: {
    key: 'notice',
    noun: 'notice',
    id: 'notice',
    row: { kind: 'notice', message, next },
    places: [top],
    order: 0,
    toldBy: [],
    children: 'none',
  },
});
