import { waitingKinds } from '../trees/looks/inboxLook.ts';
import type { InboxItem } from '../trees/model/entity.ts';
import type { TreeNode } from '../trees/model/treeModel.ts';

/** What waits for the person; unread messages do not. */
export interface Waiting {
  readonly items: readonly InboxItem[];
  readonly count: number;
}

export function waitingOf(rows: readonly TreeNode[]): Waiting {
  const items = rows.flatMap(({ entity: { row } }) =>
    row.kind === 'inbox' && waits(row.item) ? [row.item] : [],
  );
  // Messages come last, so what is not loaded yet counts as long as none of them is.
  const last = rows.at(-1)?.entity.row;
  const shown = rows.filter(({ noun }) => noun !== 'more').length;
  const beyond = last?.kind === 'more' && items.length === shown ? last.left : 0;
  return { items, count: items.length + beyond };
}

const waits = ({ kind }: InboxItem): boolean => (waitingKinds as readonly string[]).includes(kind);
