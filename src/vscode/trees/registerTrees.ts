import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposables.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { registerAccounts } from '../accounts/registerAccounts.ts';
import { registerInbox } from '../inbox/registerInbox.ts';
import { registerMerges } from '../merges/registerMerges.ts';
import { registerStatusBar } from '../statusBar.ts';
import type { TreeNode } from './model/treeModel.ts';
import { ModelTree } from './modelTree.ts';
import { ProjectsTree } from './projectsTree.ts';
import { createSeenAgents } from './seenAgents.ts';
import { registerRowMarks } from './rowMarks.ts';
import { searchEverything } from './searchEverything.ts';
import { AgentSource } from './sources/agentSource.ts';
import { LoopSource } from './sources/loopSource.ts';
import { viewCommands } from './viewCommands.ts';

/** The views of Sloop's container, with what belongs to them alone. */
export interface Trees extends vscode.Disposable {
  readonly projects: ModelTree;
  readonly loops: ModelTree;
  readonly agents: ModelTree;
  readonly inbox: ModelTree;
  readonly merges: ModelTree;
  readonly accounts: ModelTree;
}

export function registerTrees(parts: EditorParts): Trees {
  const owned = new DisposableStore();
  const projects = owned.add(new ProjectsTree(parts));
  const loops = owned.add(new ModelTree(parts, 'sloop.loops', { source: new LoopSource(parts.client) }));
  const seen = createSeenAgents(parts.context.workspaceState, new Date().toISOString());
  const agents = owned.add(
    new ModelTree(parts, 'sloop.agents', {
      source: new AgentSource(parts.client, (agent) => seen.isUnseen(agent)),
      manyAtOnce: true,
    }),
  );
  const inbox = owned.add(registerInbox(parts));
  const merges = owned.add(registerMerges(parts)).tree;
  const accounts = owned.add(registerAccounts(parts)).tree;
  const trees = { projects: projects.tree, loops, agents, inbox: inbox.tree, merges, accounts };
  owned.add(loops.onDidDraw(() => void describe(loops, runningLoops)));
  owned.add(agents.onDidDraw(() => void describe(agents, agentCounts)));
  owned.add(registerRowMarks());
  owned.add(registerStatusBar(parts, inbox));

  const on = (id: string, run: (...given: never[]) => unknown) =>
    owned.add(vscode.commands.registerCommand(id, run));
  const forward = (id: string, to: string) =>
    on(id, (node: TreeNode) => vscode.commands.executeCommand(to, node.id));
  on(viewCommands.loadMore, (node: TreeNode) =>
    Object.values(trees)
      .find((tree) => [...tree.model.nodes()].includes(node))
      ?.loadMore(node),
  );
  on(viewCommands.refresh, () => Object.values(trees).forEach((tree) => tree.reset()));
  on(viewCommands.search, () => searchEverything(parts.client));
  forward(viewCommands.openLoop, commandIds.openLoop);
  forward(viewCommands.openAgent, commandIds.openAgent);
  forward(viewCommands.openAgentLog, commandIds.openAgentLog);
  forward(viewCommands.openWorktree, commandIds.openWorktree);
  forward(viewCommands.openWorktreeTerminal, commandIds.openWorktreeTerminal);
  forward(viewCommands.runOnTodo, commandIds.runOnTodo);
  on(viewCommands.openTodoAgent, async ({ entity: { row } }: TreeNode) => {
    const name = row.kind === 'todo' ? (row.todo.assignee ?? row.todo.completedBy) : null;
    if (name !== null && name !== 'person') return vscode.commands.executeCommand(commandIds.openAgent, name);
    return vscode.window.showInformationMessage('No agent works on this todo or did it.');
  });
  on(viewCommands.showChanges, ({ noun, id }: TreeNode) =>
    vscode.commands.executeCommand(commandIds.showChanges, { [noun]: id }),
  );
  on(commandIds.agentSeen, async (agent: string) => {
    const shown = await parts.client.execute('agent.show', { agent });
    if (!shown.ok || !seen.isUnseen(shown.value)) return;
    await seen.saw(shown.value.id, shown.value.endedAt);
    await agents.relist();
  });
  on(viewCommands.openArtifact, ({ id, entity }: TreeNode) =>
    vscode.commands.executeCommand(
      commandIds.openArtifact,
      entity.row.kind === 'stage' ? entity.row.stage.artifactId : id,
    ),
  );
  on(viewCommands.showTerminal, ({ id, entity }: TreeNode) =>
    vscode.commands.executeCommand(
      commandIds.showTerminal,
      entity.row.kind === 'stage' ? entity.row.stage.attempts.at(-1)?.agentId : id,
    ),
  );
  on(viewCommands.copyId, async ({ id }: TreeNode) => {
    await vscode.env.clipboard.writeText(id);
    vscode.window.setStatusBarMessage(`Copied ${id}`, 3000);
  });
  on(commandIds.reveal, async (noun: string, id: string) => {
    const reveal = {
      loop: () => loops.reveal(noun, id),
      agent: () => agents.reveal(noun, id),
      merge: () => merges.reveal(noun, id),
      worktree: () => merges.reveal(noun, id),
      account: () => accounts.reveal(noun, id),
    }[noun];
    if (await (reveal === undefined ? projects.reveal(noun, id) : reveal())) return;
    parts.logger.log('info', 'nothing to reveal', { noun, id });
    void vscode.window.showInformationMessage(`This ${noun} is in no view of Sloop any more.`);
  });
  return Object.assign(owned, trees);
}

/** Titles count what is loaded: a view that nobody opened has counted nothing. */
async function describe(tree: ModelTree, words: (rows: readonly TreeNode[]) => string): Promise<void> {
  tree.view.description = words((await tree.getChildren()).filter(({ noun }) => noun !== 'notice'));
}

function runningLoops(rows: readonly TreeNode[]): string {
  const running = rows.filter(
    ({ entity: { row } }) => row.kind === 'loop' && row.loop.status === 'running',
  ).length;
  return running === 0 ? '' : `${running} running`;
}

function agentCounts(rows: readonly TreeNode[]): string {
  const words = { needed: 'need you', live: 'at work' } as const;
  return rows
    .flatMap(({ entity: { row } }) =>
      row.kind === 'agentGroup' && row.group !== 'ended' ? [`${row.count} ${words[row.group]}`] : [],
    )
    .join(', ');
}
