import type { AgentCaller } from '../../src/domain/caller.ts';
import { idLength, nouns, type Noun } from '../../src/domain/ids.ts';
import { loopDefinition } from '../../src/domain/loop/definition.ts';
import { role } from '../../src/domain/role/role.ts';
import type { Tables } from '../../src/domain/store.ts';
import { anAccount } from './anAccount.ts';
import { anAgent, callerOf } from './anAgent.ts';
import { aProject, aSession, aTodo, noon } from './builders.ts';
import { createTestHost, type TestHost } from './testHost.ts';

/** A project with one row of every noun. Every text in it says whose it is. */
export interface FilledProject {
  readonly letter: 'a' | 'b';
  /** Stands in every text of the project, and in nothing else. */
  readonly mark: string;
  readonly ids: Readonly<Record<Noun, string>>;
  readonly names: { readonly project: string; readonly repository: string; readonly agent: string };
  readonly agent: AgentCaller;
}

const idOf = (letter: string, noun: Noun): string =>
  `${letter}${noun}`.slice(0, idLength(noun)).padEnd(idLength(noun), '0');

export const definition = loopDefinition.parse({
  name: 'harness',
  description: 'Plan, code, review',
  roles: [{ name: 'code', role: 'coder', prompt: 'Do it' }],
  termination: { type: 'verdict' },
});

const coder = role.parse({
  name: 'coder',
  displayName: 'Coder',
  description: 'Writes code',
  access: 'full',
  tools: [],
  prompt: 'Code.',
});

/** A host with two such projects. */
export async function createTwoProjects(): Promise<{ host: TestHost; a: FilledProject; b: FilledProject }> {
  // Each project's branch is in its repository, so that it can be merged.
  const marks = ['plain-a', 'secret-b'];
  const branches = Object.fromEntries(marks.map((mark) => [`/${mark} sloop/${mark}-project/project`, mark]));
  const host = await createTestHost({ roles: [coder], loops: [definition], branches });
  const [a, b] = await host.tables((tables) => [fill(tables, 'a'), fill(tables, 'b')] as const);
  for (const { ids, mark, names } of [a, b])
    host.logs.append([
      {
        agentId: ids.agent as never,
        agentName: names.agent,
        sessionNumber: 1,
        kind: 'said',
        content: `${mark} said`,
        time: noon,
      },
    ]);
  return { host, a, b };
}

function fill(tables: Tables, letter: 'a' | 'b'): FilledProject {
  const mark = letter === 'a' ? 'plain-a' : 'secret-b';
  // Ids are branded by noun; here they are made for all nouns by one rule.
  const id = (noun: Noun) => idOf(letter, noun) as never;
  const of = { projectId: id('project'), sessionId: id('session') };
  const names = { project: `${mark}-project`, repository: `${mark}-repository`, agent: `${mark}-agent` };
  tables.project.insert(aProject({ id: id('project'), slug: names.project, title: mark, description: mark }));
  tables.repository.insert({
    id: id('repository'),
    name: names.repository,
    path: `/${mark}`,
    url: null,
    defaultBranch: 'main',
    lastFetchedAt: null,
    copyFiles: [],
    linkFolders: [],
    setUpCommand: [],
    createdAt: noon,
    updatedAt: noon,
  });
  tables.project.addRepository(id('project'), id('repository'));
  tables.account.insert(anAccount(id('account'), { label: mark }));
  tables.session.insert(aSession({ id: id('session'), title: mark, projectId: id('project') }));
  tables.sprint.insert({
    id: id('sprint'),
    projectId: id('project'),
    number: 1,
    title: mark,
    goal: mark,
    plan: mark,
    status: 'in_progress',
    acceptanceCriteria: [mark],
    reviewerNotes: null,
    reviewRound: 0,
    maxReviewRounds: 3,
    contractArtifactId: null,
    startDate: null,
    endDate: null,
    retrospective: null,
    lastSessionId: null,
    approvedAt: null,
    completedAt: null,
    branch: null,
    wipLimit: null,
    origin: 'person',
    createdAt: noon,
    updatedAt: noon,
  });
  fillDocuments(tables, id, mark);
  tables.todo.insert(
    aTodo({ id: id('todo'), title: mark, description: mark, sprintId: id('sprint'), ...of }),
  );
  fillLoop(tables, id, mark);
  const agent = anAgent({
    ...of,
    id: id('agent'),
    name: names.agent,
    sprintId: id('sprint'),
    loopId: id('loop'),
    stageId: id('stage'),
    attention: mark,
    result: mark,
  });
  tables.agent.insert(agent);
  fillAgent(tables, id, names.agent, mark);
  tables.event.append({
    ...of,
    time: noon,
    operation: 'todo.create',
    surface: 'cli',
    callerKind: 'agent',
    caller: names.agent,
    noun: 'todo',
    entityId: id('todo'),
    action: 'created',
    from: null,
    to: { title: mark },
    durationMs: 1,
  });
  const ids = Object.fromEntries(nouns.map((noun) => [noun, idOf(letter, noun)])) as Record<Noun, string>;
  return { letter, mark, ids, names, agent: callerOf(agent) };
}

type IdFor = (noun: Noun) => never;

function fillDocuments(tables: Tables, id: IdFor, mark: string): void {
  const of = { projectId: id('project'), sessionId: id('session') };
  tables.artifact.insert({
    ...of,
    id: id('artifact'),
    title: mark,
    type: 'plan',
    stage: 'review',
    version: 1,
    content: `- [ ] ${mark}`,
    language: null,
    filepath: null,
    metadata: {},
    sprintId: id('sprint'),
    parentId: null,
    sortOrder: 1,
    persistent: true,
    createdBy: mark,
    createdAt: noon,
    updatedAt: noon,
  });
  tables.version.insert({
    ...of,
    id: id('version'),
    artifactId: id('artifact'),
    version: 1,
    content: `- [ ] ${mark}`,
    changeSummary: mark,
    author: mark,
    createdAt: noon,
  });
  tables.comment.insert({
    ...of,
    id: id('comment'),
    artifactId: id('artifact'),
    parentId: null,
    version: 1,
    startLine: null,
    endLine: null,
    body: mark,
    author: mark,
    resolvedBy: null,
    resolvedAt: null,
    createdAt: noon,
  });
}

function fillLoop(tables: Tables, id: IdFor, mark: string): void {
  const of = { loopId: id('loop'), projectId: id('project'), sessionId: id('session') };
  tables.loop.insert({
    id: id('loop'),
    definition: 'harness',
    frozen: definition,
    parameters: {},
    goal: mark,
    sessionId: id('session'),
    projectId: id('project'),
    status: 'running',
    blockReason: null,
    outcome: null,
    failure: null,
    round: 1,
    maxIterations: 3,
    deadline: null,
    budgetUsd: null,
    provider: 'script',
    model: null,
    script: null,
    window: null,
    startedBy: mark,
    startedAt: noon,
    completedAt: null,
    updatedAt: noon,
  });
  tables.iteration.insert({
    ...of,
    id: id('iteration'),
    number: 1,
    sprintId: id('sprint'),
    status: 'running',
    outcome: null,
    startedAt: noon,
    completedAt: null,
  });
  tables.stage.insert({
    ...of,
    id: id('stage'),
    iterationId: id('iteration'),
    position: 0,
    name: mark,
    role: 'coder',
    status: 'running',
    artifactId: null,
    summary: mark,
    verdict: null,
    findings: [],
    notes: mark,
    startedAt: noon,
    completedAt: null,
  });
}

function fillAgent(tables: Tables, id: IdFor, name: string, mark: string): void {
  const of = { projectId: id('project'), sessionId: id('session') };
  tables.attempt.insert({
    ...of,
    id: id('attempt'),
    stageId: id('stage'),
    loopId: id('loop'),
    number: 1,
    agentId: id('agent'),
    outcome: null,
    reason: null,
    verdict: null,
    exitCode: null,
    startedAt: noon,
    endedAt: null,
  });
  tables.launch.insert({
    ...of,
    id: id('launch'),
    agentId: id('agent'),
    sessionNumber: 1,
    state: 'claimed',
    prompt: mark,
    workingFolder: `/${mark}`,
    resume: false,
    script: null,
    window: null,
    tokenHash: `hash of ${mark}`,
    claimedAt: noon,
    createdAt: noon,
  });
  tables.progress.insert({
    ...of,
    id: id('progress'),
    agentId: id('agent'),
    agentName: name,
    todoId: null,
    stageId: id('stage'),
    text: mark,
    createdAt: noon,
  });
  tables.message.insert({
    ...of,
    id: id('message'),
    threadId: id('message'),
    parentId: null,
    senderKind: 'person',
    senderName: 'person',
    senderAgentId: null,
    recipientKind: 'everyone',
    recipientName: null,
    recipientAgentId: null,
    sprintId: null,
    todoId: null,
    body: mark,
    requiresResponse: true,
    parked: false,
    status: 'pending',
    answer: null,
    answeredBy: null,
    createdAt: noon,
    updatedAt: noon,
  });
  const another = String(id('message')).replace(/.$/, '2');
  tables.message.insert({
    ...of,
    id: another as never,
    threadId: another as never,
    parentId: null,
    senderKind: 'agent',
    senderName: name,
    senderAgentId: id('agent'),
    recipientKind: 'everyone',
    recipientName: null,
    recipientAgentId: null,
    sprintId: null,
    todoId: null,
    body: mark,
    requiresResponse: false,
    parked: false,
    status: 'sent',
    answer: null,
    answeredBy: null,
    createdAt: noon,
    updatedAt: noon,
  });
  const work = { ...of, sprintId: null, todoId: null, agentId: null, agentName: name };
  tables.worktree.insert({
    ...work,
    id: id('worktree'),
    repositoryId: id('repository'),
    repositoryPath: `/${mark}`,
    path: `/worktrees/${mark}`,
    branch: mark,
    baseBranch: 'main',
    baseCommit: null,
    status: 'kept',
    reason: mark,
    uncommitted: null,
    unmerged: null,
    sizeBytes: null,
    checkedAt: null,
    createdAt: noon,
    updatedAt: noon,
    removedAt: null,
  });
  tables.merge.insert({
    ...work,
    id: id('merge'),
    level: 'todo',
    worktreeId: id('worktree'),
    repositoryId: id('repository'),
    repositoryPath: `/${mark}`,
    source: mark,
    target: 'main',
    title: mark,
    status: 'failed',
    reason: mark,
    files: [mark],
    conflictTodoId: null,
    mergedCommit: null,
    requestedBy: 'person',
    approvedBy: null,
    createdAt: noon,
    updatedAt: noon,
    endedAt: null,
  });
  tables.proposal.insert({
    ...of,
    id: id('proposal'),
    agentId: id('agent'),
    agentName: name,
    target: 'todo',
    targetId: null,
    title: mark,
    summary: mark,
    content: mark,
    metadata: {},
    sortOrder: 1,
    status: 'pending',
    base: null,
    resultId: null,
    decidedBy: null,
    decidedAt: null,
    createdAt: noon,
    updatedAt: noon,
  });
}
