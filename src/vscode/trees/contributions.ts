import { commandIds } from '../commandIds.ts';
import type { CommandContribution, Contributions } from '../contributions.ts';
import { commandOf } from './looks/look.ts';
import { inline, menu, row, title } from './menus.ts';
import { viewCommands } from './viewCommands.ts';

const inPalette: readonly CommandContribution[] = [
  { command: viewCommands.filter, title: 'Filter Todos…', category: 'Sloop', icon: '$(filter)' },
  {
    command: viewCommands.clearFilter,
    title: 'Clear the Filter',
    category: 'Sloop',
    icon: '$(clear-all)',
    enablement: 'sloop.filtered',
  },
  {
    command: viewCommands.search,
    title: 'Search Todos and Artifacts…',
    category: 'Sloop',
    icon: '$(search)',
  },
  {
    command: viewCommands.showCompleted,
    title: 'Show Completed Todos',
    category: 'Sloop',
    enablement: '!sloop.showsCompleted',
  },
  {
    command: viewCommands.hideCompleted,
    title: 'Hide Completed Todos',
    category: 'Sloop',
    enablement: 'sloop.showsCompleted',
  },
  { command: viewCommands.refresh, title: 'Refresh the Views', category: 'Sloop', icon: '$(refresh)' },
  {
    command: viewCommands.markNotesRead,
    title: 'Mark Notes as Read',
    category: 'Sloop',
    icon: '$(check-all)',
  },
  { command: commandIds.answerQuestion, title: 'Answer a Question…', category: 'Sloop', icon: '$(reply)' },
  { command: 'sloop.showStatus', title: 'What Waits and What Runs…', category: 'Sloop' },
];

/** They need a row: menus alone show them. */
const ofRows: readonly CommandContribution[] = [
  { command: viewCommands.loadMore, title: 'Load 200 More' },
  { command: viewCommands.openLoop, title: 'Open the Loop', icon: '$(open-preview)' },
  { command: viewCommands.openArtifact, title: 'Open', icon: '$(open-preview)' },
  { command: viewCommands.showTerminal, title: 'Show Its Terminal', icon: '$(terminal)' },
  { command: viewCommands.openAgent, title: 'Open the Agent', icon: '$(open-preview)' },
  { command: viewCommands.openAgentLog, title: 'Open Its Log', icon: '$(list-flat)' },
  { command: viewCommands.openWorktree, title: 'Open Its Worktree in a Window', icon: '$(multiple-windows)' },
  { command: viewCommands.openWorktreeTerminal, title: 'Open a Terminal in Its Worktree' },
  { command: viewCommands.showChanges, title: 'Show the Changes', icon: '$(diff-multiple)' },
  { command: viewCommands.runOnTodo, title: 'Run an Agent on This Todo…', icon: '$(play)' },
  { command: viewCommands.openTodoAgent, title: 'Open Its Agent' },
  { command: viewCommands.copyId, title: 'Copy Id' },
  { command: viewCommands.answer, title: 'Answer', icon: '$(reply)' },
  { command: viewCommands.putAside, title: 'Put Aside', icon: '$(close)' },
];

const openTodo = row('todo\\.(pending|in_progress|blocked)$');

export const treeContributions: Contributions = {
  views: {
    sloop: [
      { id: 'sloop.projects', name: 'Projects', contextualTitle: 'Sloop', initialSize: 4 },
      { id: 'sloop.loops', name: 'Loops', contextualTitle: 'Sloop', initialSize: 2 },
      { id: 'sloop.agents', name: 'Agents', contextualTitle: 'Sloop', initialSize: 2 },
      { id: 'sloop.inbox', name: 'Inbox', contextualTitle: 'Sloop', initialSize: 2 },
    ],
  },
  viewsWelcome: [
    {
      view: 'sloop.projects',
      contents:
        'A project holds sprints, todos and plans. Agents work on them in rounds until the work is approved.\n[New project](command:sloop.project.create)\nOr [take the tour](command:sloop.openWalkthrough) first. Everything stays on this machine.',
      when: '!sloop.filtered',
    },
    {
      view: 'sloop.projects',
      contents: `No todo is like that.\n[Change the filter](command:${viewCommands.filter})\n[Clear the filter](command:${viewCommands.clearFilter})`,
      when: 'sloop.filtered',
    },
    {
      view: 'sloop.loops',
      contents:
        'No loop has run yet. A loop plans, codes and reviews until it is approved or a limit is reached.\n[Start a loop](command:sloop.loop.start)',
      when: 'workspaceFolderCount != 0 && isWorkspaceTrusted',
    },
    {
      view: 'sloop.agents',
      contents:
        'No agent works here yet.\n[Run one on a todo](command:sloop.runOnTodo)\nOr [start one](command:sloop.agent.start) on a task in words.',
      when: 'workspaceFolderCount != 0 && isWorkspaceTrusted',
    },
    ...['sloop.loops', 'sloop.agents'].flatMap((view) => [
      {
        view,
        contents: 'Agents need a folder to work in.\n[Open a folder](command:vscode.openFolder)',
        when: 'workspaceFolderCount == 0',
      },
      {
        view,
        contents:
          'Agents start only in a workspace that you trust.\n[Manage workspace trust](command:workbench.trust.manage)',
        when: 'workspaceFolderCount != 0 && !isWorkspaceTrusted',
      },
    ]),
    {
      view: 'sloop.inbox',
      contents: 'Nothing waits for you. Questions, plans to review and agents that need a look appear here.',
    },
  ],
  commands: [...inPalette, ...ofRows],
  menus: {
    commandPalette: ofRows.map(({ command }) => ({ command, when: 'false' })),
    'view/title': [
      title('sloop.projects', commandOf('project.create'), 'navigation@1'),
      title('sloop.projects', viewCommands.search, 'navigation@2'),
      title('sloop.projects', viewCommands.filter, 'navigation@3', '!sloop.filtered'),
      title('sloop.projects', viewCommands.clearFilter, 'navigation@3', 'sloop.filtered'),
      title('sloop.projects', commandOf('sprint.create'), '1_new@1'),
      title('sloop.projects', commandOf('todo.create'), '1_new@2'),
      title('sloop.projects', commandOf('artifact.create'), '1_new@3'),
      title('sloop.projects', viewCommands.filter, '2_show@1', 'sloop.filtered'),
      title('sloop.projects', viewCommands.showCompleted, '2_show@2', '!sloop.showsCompleted'),
      title('sloop.projects', viewCommands.hideCompleted, '2_show@2', 'sloop.showsCompleted'),
      title('sloop.projects', commandOf('dispatch.status'), '3_dispatch'),
      title('sloop.projects', viewCommands.refresh, '4_refresh'),
      title('sloop.loops', commandOf('loop.start'), 'navigation@1'),
      title('sloop.agents', commandOf('agent.start'), 'navigation@1'),
      title('sloop.inbox', viewCommands.markNotesRead, 'navigation@1'),
    ],
    'view/item/context': [
      ...inline(row('project\\.active.*\\.off$'), commandOf('sprint.create'), commandOf('todo.create')),
      ...inline(row('project\\.active.*\\.on$'), commandOf('dispatch.pause'), commandOf('todo.create')),
      ...inline(row('project\\.active.*\\.paused$'), commandOf('dispatch.start'), commandOf('todo.create')),
      ...menu(row('project\\.active.*\\.(off|paused)$'), [], [], [commandOf('dispatch.start')]),
      ...menu(row('project\\.active.*\\.on$'), [], [], [commandOf('dispatch.pause')]),
      ...menu(row('project\\.active.*\\.(on|paused)$'), [], [], [commandOf('dispatch.stop')]),
      ...menu(row('project\\.active'), [], [], [commandOf('merge.request')]),
      ...menu(
        row('project\\.'),
        [commandOf('project.switch')],
        [commandOf('sprint.create'), commandOf('todo.create'), commandOf('artifact.create')],
        [commandOf('loop.start')],
        [commandOf('project.update')],
      ),
      ...menu(
        row('project\\.active'),
        [],
        [],
        [],
        [],
        [commandOf('project.complete'), commandOf('project.archive')],
      ),
      ...menu(row('project\\.(completed|archived)'), [], [], [], [], [commandOf('project.reopen')]),
      ...menu(row('project\\.'), [], [], [], [], [], [commandOf('project.delete'), viewCommands.copyId]),

      ...inline(row('sprint\\.(planned)'), commandOf('sprint.approve'), commandOf('todo.create')),
      ...inline(
        row('sprint\\.(approved|in_progress|review|blocked|rejected)'),
        commandOf('sprint.transition'),
        commandOf('todo.create'),
      ),
      ...menu(
        row('sprint\\.'),
        [commandOf('sprint.transition'), commandOf('todo.create'), commandOf('artifact.create')],
        [commandOf('sprint.update'), commandOf('sprint.depend'), commandOf('sprint.undepend')],
        [commandOf('sprint.delete'), viewCommands.copyId],
      ),
      ...menu(row('sprint\\.'), [viewCommands.showChanges]),
      ...inline(row('backlog'), commandOf('todo.create')),
      ...inline(row('artifacts'), commandOf('artifact.create')),

      ...inline(row('todo\\.pending$'), viewCommands.runOnTodo, commandOf('message.ask')),
      ...inline(row('todo\\.in_progress$'), commandOf('message.ask'), viewCommands.showChanges),
      ...inline(row('todo\\.blocked$'), commandOf('message.ask')),
      ...inline(row('todo\\.pending_approval$'), commandOf('todo.approve'), commandOf('todo.cancel')),
      ...menu(
        openTodo,
        [
          viewCommands.runOnTodo,
          commandOf('todo.promote'),
          commandOf('todo.demote'),
          commandOf('message.ask'),
        ],
        [
          commandOf('todo.claim'),
          commandOf('todo.complete'),
          commandOf('todo.block'),
          commandOf('todo.cancel'),
        ],
      ),
      ...menu(row('todo\\.(completed|cancelled|blocked)$'), [], [commandOf('todo.reopen')]),
      ...menu(row('todo\\.(in_progress|completed)$'), [viewCommands.openTodoAgent]),
      ...menu(row('todo\\.in_progress$'), [], [commandOf('todo.release')]),
      ...menu(row('todo\\.pending_approval$'), [commandOf('todo.approve'), commandOf('todo.cancel')]),
      ...menu(
        row('todo\\.'),
        [],
        [],
        [commandOf('todo.create'), commandOf('todo.update'), commandOf('todo.move')],
        [commandOf('todo.depend'), commandOf('todo.undepend')],
        [viewCommands.showChanges],
        [commandOf('todo.delete'), viewCommands.copyId],
      ),

      ...menu(
        row('artifact\\.'),
        [viewCommands.openArtifact, commandOf('artifact.stage')],
        [commandOf('artifact.update'), commandOf('artifact.move')],
        [commandOf('artifact.delete'), viewCommands.copyId],
      ),

      ...inline(row('loop\\.running'), commandOf('loop.pause'), commandOf('loop.stop')),
      ...inline(row('loop\\.(paused|blocked)'), commandOf('loop.resume'), commandOf('loop.stop')),
      ...inline(row('loop\\.completed\\.limit'), commandOf('loop.resume'), commandOf('loop.approve')),
      ...menu(row('loop\\.'), [viewCommands.openLoop]),
      ...menu(row('loop\\.running'), [], [commandOf('loop.pause'), commandOf('loop.stop')]),
      ...menu(row('loop\\.(paused|blocked)'), [], [commandOf('loop.resume'), commandOf('loop.stop')]),
      ...menu(row('loop\\.(blocked|completed\\.limit)'), [], [commandOf('loop.approve')]),
      ...menu(row('loop\\.'), [], [], [viewCommands.copyId]),
      ...inline(row('stage\\..*\\.agent'), viewCommands.showTerminal),
      ...menu(row('stage\\..*\\.output'), [viewCommands.openArtifact]),
      ...menu(row('stage\\..*\\.agent'), [viewCommands.showTerminal]),

      ...inline(row('agent\\..*\\.asks'), viewCommands.answer),
      ...inline(row('agent\\.live'), viewCommands.showTerminal, commandOf('agent.stop')),
      ...inline(
        row('agent\\.ended'),
        viewCommands.showTerminal,
        commandOf('agent.resume'),
        commandOf('agent.dismiss'),
      ),
      ...menu(
        row('agent\\.'),
        [viewCommands.openAgent, viewCommands.showTerminal, viewCommands.openAgentLog],
        [commandOf('message.ask'), commandOf('message.send')],
        [viewCommands.showChanges],
      ),
      ...menu(
        row('agent\\..*\\.tree$'),
        [],
        [],
        [viewCommands.openWorktree, viewCommands.openWorktreeTerminal],
      ),
      ...menu(row('agent\\.live'), [], [], [], [commandOf('agent.stop')]),
      ...menu(
        row('agent\\.ended'),
        [],
        [],
        [],
        [commandOf('agent.resume'), commandOf('agent.dismiss')],
        [commandOf('agent.deleteLog'), commandOf('agent.delete')],
      ),
      ...menu(row('agent\\.'), [], [], [], [], [viewCommands.copyId]),

      ...inline(row('inbox\\.question'), viewCommands.answer),
      ...inline(row('inbox\\.todo'), commandOf('todo.approve'), commandOf('todo.cancel')),
      ...inline(row('inbox\\.proposal'), commandOf('proposal.accept'), commandOf('proposal.dismiss')),
      ...inline(row('inbox\\.agent'), viewCommands.showTerminal, commandOf('agent.dismiss')),
      ...inline(row('inbox\\.message'), commandOf('message.read')),
      ...inline(row('inbox\\.loop'), viewCommands.openLoop, viewCommands.putAside),
    ],
  },
};
