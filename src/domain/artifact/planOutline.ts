import type { Heading, List, ListItem, Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { toString } from 'mdast-util-to-string';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';

/** One step as it stands in the text, with its parts below it. */
export interface OutlineStep {
  readonly text: string;
  readonly done: boolean;
  /** The number that is written at it; null in lists without numbers. */
  readonly label: number | null;
  /** Steps of one list share it; numbers start anew in the next list. */
  readonly list: object;
  readonly details: string[];
  readonly parts: OutlineStep[];
}

interface OpenHeading {
  readonly depth: number;
  readonly step: OutlineStep;
}

const stepHeading = /^step\s+(?:\d+\.)*(\d+)\s*[-–—.:)]*\s*(.*)$/i;
const stepsHeading = /\bsteps\b/i;

/**
 * The steps that a plan's Markdown spells out: task lists anywhere, headings `Step n`, numbered lists below a
 * heading that says "steps" or below a `Step n`. Items of nested lists are parts of their step.
 */
export function planOutline(markdown: string): OutlineStep[] {
  const root = fromMarkdown(markdown, {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [gfmTaskListItemFromMarkdown()],
  });
  return new OutlineReader(markdown).read(root.children);
}

class OutlineReader {
  readonly #markdown: string;
  readonly #steps: OutlineStep[] = [];
  readonly #headings = {};
  #open: OpenHeading[] = [];
  /** Depth of the heading that says "steps", while its section lasts. */
  #stepsDepth: number | null = null;

  constructor(markdown: string) {
    this.#markdown = markdown;
  }

  read(nodes: readonly RootContent[]): OutlineStep[] {
    for (const node of nodes) {
      if (node.type === 'heading') this.#heading(node);
      else if (!this.#collect(node)) this.#open.at(-1)?.step.details.push(this.#source(node));
    }
    return this.#steps;
  }

  #heading(heading: Heading): void {
    const { depth } = heading;
    const text = toString(heading).trim();
    this.#open = this.#open.filter((open) => open.depth < depth);
    if (this.#stepsDepth !== null && depth <= this.#stepsDepth) this.#stepsDepth = null;
    const match = stepHeading.exec(text);
    if (match !== null) {
      const [, number = '', rest = ''] = match;
      const step: OutlineStep = {
        text: rest === '' ? text : rest,
        done: false,
        label: Number(number),
        list: this.#headings,
        details: [],
        parts: [],
      };
      this.#siblings().push(step);
      this.#open.push({ depth, step });
    } else {
      if (stepsHeading.test(text)) this.#stepsDepth ??= depth;
      this.#open.at(-1)?.step.details.push(this.#source(heading));
    }
  }

  #siblings(): OutlineStep[] {
    return this.#open.at(-1)?.step.parts ?? this.#steps;
  }

  /** Takes the steps out of a block; says whether there were any. */
  #collect(node: Nodes): boolean {
    if (node.type === 'list') {
      const numbered = node.ordered === true && (this.#stepsDepth !== null || this.#open.length > 0);
      const tasks = node.children.some((item) => isTask(item));
      if (numbered || tasks) {
        this.#siblings().push(...this.#items(node, (item) => numbered || isTask(item)));
        return true;
      }
    }
    if (!('children' in node)) return false;
    // All children are visited: one task list must not hide the next.
    return node.children.map((child) => this.#collect(child)).includes(true);
  }

  #items(list: List, isStep: (item: ListItem) => boolean): OutlineStep[] {
    const first = list.ordered === true ? (list.start ?? 1) : null;
    return list.children.flatMap((item, index) =>
      isStep(item) ? this.#item(item, first === null ? null : first + index, list) : [],
    );
  }

  #item(item: ListItem, label: number | null, list: object): OutlineStep[] {
    const [head, ...rest] = item.children;
    const body = head?.type === 'paragraph' ? rest : item.children;
    const text = head?.type === 'paragraph' ? toString(head).replace(/\s+/g, ' ').trim() : '';
    const parts = body.flatMap((node) => (node.type === 'list' ? this.#items(node, () => true) : []));
    if (text === '') return parts;
    const details = body.filter((node) => node.type !== 'list').map((node) => this.#source(node));
    return [{ text, done: item.checked === true, label, list, details, parts }];
  }

  #source(node: Nodes): string {
    return this.#markdown.slice(node.position?.start.offset, node.position?.end.offset);
  }
}

const isTask = (item: ListItem): boolean => typeof item.checked === 'boolean';
