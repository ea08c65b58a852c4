import { commandIds } from '../../commandIds.ts';
import type { TreeRow } from '../model/entity.ts';
import { accountLook, providerLook } from './accountLook.ts';
import { agentGroupLook, agentLook } from './agentLook.ts';
import { artifactLook } from './artifactLook.ts';
import { inboxLook } from './inboxLook.ts';
import { muted, yellow, type Look } from './look.ts';
import { loopLook, roundLook, stageLook } from './loopLooks.ts';
import { mergeGroupLook, mergeLook, worktreeLook } from './mergeLook.ts';
import { folderLook, projectLook, sprintLook } from './placeLooks.ts';
import { todoLook } from './todoLook.ts';

/** How a row looks now. */
export function lookOf(row: TreeRow, now: number): Look {
  switch (row.kind) {
    case 'project':
      return projectLook(row.project, now, row);
    case 'sprint':
      return sprintLook(row.sprint, row.matches);
    case 'backlog':
    case 'artifacts':
      return folderLook(row);
    case 'todo':
      return todoLook(row.todo, now, row.turn);
    case 'artifact':
      return artifactLook(row.artifact);
    case 'loop':
      return loopLook(row.loop);
    case 'round':
      return roundLook(row.loop, row.round);
    case 'stage':
      return stageLook(row.stage, row.waits);
    case 'agent':
      return agentLook(row.agent, row.unseen, now);
    case 'agentGroup':
      return agentGroupLook(row);
    case 'mergeGroup':
      return mergeGroupLook(row);
    case 'merge':
      return mergeLook(row.merge, now);
    case 'worktree':
      return worktreeLook(row.worktree);
    case 'provider':
      return providerLook(row, now);
    case 'account':
      return accountLook(row.account, now);
    case 'inbox':
      return inboxLook(row.item, row.about, now);
    case 'more':
      return {
        label: 'Load 200 more…',
        description: `${row.left} left`,
        icon: { name: 'fold-down', color: muted },
        context: 'more',
        spoken: `Load 200 more of ${row.left}`,
      };
    case 'notice':
      return {
        label: row.message,
        description: '',
        icon: { name: 'warning', color: yellow },
        context: 'notice',
        spoken: `${row.message} ${row.next}`,
        click: { command: commandIds.retryConnection, title: 'Try Again', arguments: [] },
      };
  }
}
