import { expectOk } from '../../../base/result.ts';
import type { Client } from '../../../operations/client.ts';
import { commandIds } from '../../commandIds.ts';
import { ago, count, lasted, plain, shortened, who } from '../looks/words.ts';
import type { ArtifactRow, InboxItem, LoopRow, StageRow, TreeRow } from '../model/entity.ts';
import { escaped, lines, link, sheet } from './markdown.ts';
import { agentTooltip } from './agentTooltip.ts';
import { accountTooltip, mergeTooltip, worktreeTooltip } from './mergeTooltips.ts';
import { todoTooltip } from './todoTooltip.ts';

/** What a row's tooltip says, in Markdown: title, status, who, since when, why, and the id to quote. */
export async function tooltipText(client: Client, row: TreeRow, now: number): Promise<string | null> {
  switch (row.kind) {
    case 'todo':
      return todoTooltip(expectOk(await client.execute('todo.show', { todo: row.todo.id })), now);
    case 'project':
      return projectTooltip(client, row.project.id);
    case 'sprint':
      return sprintTooltip(client, row.sprint.id, now);
    case 'artifact':
      return artifactTooltip(row.artifact, now);
    case 'loop':
      return loopTooltip(client, row.loop, now);
    case 'stage':
      return stageTooltip(row.stage);
    case 'agent':
      return agentTooltip(client, row.agent, now);
    case 'merge':
      return mergeTooltip(row.merge, now);
    case 'worktree':
      return worktreeTooltip(row.worktree, now);
    case 'account':
      return accountTooltip(row.account);
    case 'inbox':
      return inboxTooltip(client, row.item, now);
    case 'notice':
      return sheet(row.message, escaped(row.next));
    case 'agentGroup':
    case 'mergeGroup':
    case 'provider':
    case 'backlog':
    case 'artifacts':
    case 'round':
    case 'more':
      return null;
  }
}

async function projectTooltip(client: Client, id: string): Promise<string> {
  const project = expectOk(await client.execute('project.show', { project: id }));
  return sheet(
    project.title,
    escaped(shortened(project.description, 400)),
    lines(
      `${plain(project.status)}, mode ${project.mode}`,
      `${count(project.openTodos, 'open todo')}, ${project.completedTodos} completed`,
      `${project.completeSprints} of ${count(project.sprints, 'sprint')} complete`,
      project.repositories.length === 0
        ? null
        : `Repositories: ${project.repositories.map(({ name }) => escaped(name)).join(', ')}`,
    ),
    `\`${project.slug}\` \`${project.id}\``,
  );
}

async function sprintTooltip(client: Client, id: string, now: number): Promise<string> {
  const sprint = expectOk(await client.execute('sprint.show', { sprint: id }));
  const { done, all } = sprint.progress;
  const waits = sprint.dependencies.filter(({ status }) => status !== 'complete');
  return sheet(
    `Sprint ${sprint.number}: ${sprint.title}`,
    escaped(shortened(sprint.goal, 400)),
    lines(
      `${plain(sprint.status)}, ${done} of ${count(all, 'todo')} complete`,
      sprint.reviewRound === 0 ? null : `Review round ${sprint.reviewRound} of ${sprint.maxReviewRounds}`,
      sprint.endDate === null ? null : `Ends ${sprint.endDate.slice(0, 10)}`,
      waits.length === 0
        ? null
        : `Waits for ${waits.map((one) => link(`Sprint ${one.number}`, commandIds.reveal, 'sprint', one.id)).join(', ')}`,
      sprint.reviewerNotes === null ? null : `Reviewer: ${escaped(shortened(sprint.reviewerNotes, 300))}`,
      `Changed ${ago(sprint.updatedAt, now)}`,
    ),
    `\`${sprint.id}\``,
  );
}

const artifactTooltip = (artifact: ArtifactRow, now: number): string =>
  sheet(
    artifact.title,
    lines(
      `${plain(artifact.type)}, version ${artifact.version}, ${artifact.stage === 'review' ? 'waits for your review' : artifact.stage}`,
      `by ${escaped(who(artifact.createdBy))}, changed ${ago(artifact.updatedAt, now)}`,
    ),
    link('Open', commandIds.openArtifact, artifact.id),
    `\`${artifact.id}\``,
  );

async function loopTooltip(client: Client, { id, inReview }: LoopRow, now: number): Promise<string> {
  const loop = expectOk(await client.execute('loop.show', { loop: id, rounds: 1 }));
  const cost = loop.budgetUsd === null ? usd(loop.costUsd) : `${usd(loop.costUsd)} of ${usd(loop.budgetUsd)}`;
  const reason = loop.blockReason ?? loop.failure;
  return sheet(
    shortened(loop.goal, 400),
    lines(
      `${plain(loop.status)}, round ${loop.round} of ${loop.maxIterations}, ${lasted(loop.workedMs)} at work, ${cost}`,
      reason === null ? null : escaped(reason),
      inReview === null ? null : link('Review what it waits for', commandIds.openArtifact, inReview),
      `${escaped(loop.definition)}, started ${ago(loop.startedAt, now)} by ${escaped(who(loop.startedBy))}`,
    ),
    link('Open the loop', commandIds.openLoop, id),
    `\`${id}\``,
  );
}

const usd = (amount: number): string => `\\$${amount.toFixed(2)}`;

function stageTooltip(stage: StageRow): string {
  const last = stage.attempts.at(-1);
  return sheet(
    stage.name,
    escaped(shortened(stage.summary ?? '', 600)),
    lines(
      `${plain(stage.status)}${stage.verdict === null ? '' : `, ${plain(stage.verdict)}`}`,
      last?.agent == null
        ? null
        : `by ${last.agentId === null ? escaped(last.agent) : link(last.agent, commandIds.openAgent, last.agentId)}, attempt ${last.number}`,
      last?.reason == null ? null : escaped(last.reason),
      ...stage.findings.slice(0, 5).map(({ title, severity }) => `${severity}: ${escaped(title)}`),
      stage.findings.length > 5 ? `${stage.findings.length - 5} more findings in the loop view` : null,
    ),
    stage.artifactId === null ? null : link('Open its output', commandIds.openArtifact, stage.artifactId),
  );
}

async function inboxTooltip(client: Client, item: InboxItem, now: number): Promise<string> {
  const since = lines(
    item.from === null ? ago(item.since, now) : `${escaped(who(item.from))}, ${ago(item.since, now)}`,
  );
  if (item.kind !== 'question' && item.kind !== 'message') return sheet(item.title, since);
  const message = expectOk(await client.execute('message.show', { message: item.id }));
  return sheet(
    item.title,
    escaped(shortened(message.body, 1000)),
    message.todoId === null ? null : link('What it is about', commandIds.reveal, 'todo', message.todoId),
    since,
  );
}
