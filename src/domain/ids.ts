import { z } from 'zod';

/** Every noun that has rows of its own. The same word is the table, the operation and the CLI's. */
export const nouns = [
  'project',
  'repository',
  'sprint',
  'todo',
  'artifact',
  'version',
  'comment',
  'session',
  'agent',
  'launch',
  'progress',
  'loop',
  'iteration',
  'stage',
  'attempt',
  'message',
  'worktree',
  'merge',
  'proposal',
  'account',
] as const;
export type Noun = (typeof nouns)[number];

/** What a field refers to, kept in the schema so that surfaces can offer pickers and tests can aim. */
export const idMeta = z.registry<{ noun: Noun }>();

/** Todos are typed by people; everything else is only ever copied. */
export const idLength = (noun: Noun): number => (noun === 'todo' ? 8 : 12);

const idOf = <N extends Noun>(noun: N) => {
  const schema = z
    .string()
    .regex(/^[0-9a-z]{8,12}$/, `is not the id of a ${noun}`)
    .brand<N>();
  idMeta.add(schema, { noun });
  return schema;
};

export const projectId = idOf('project');
export const repositoryId = idOf('repository');
export const sprintId = idOf('sprint');
export const todoId = idOf('todo');
export const artifactId = idOf('artifact');
export const versionId = idOf('version');
export const commentId = idOf('comment');
export const sessionId = idOf('session');
export const agentId = idOf('agent');
export const launchId = idOf('launch');
export const progressId = idOf('progress');
export const loopId = idOf('loop');
export const iterationId = idOf('iteration');
export const stageId = idOf('stage');
export const attemptId = idOf('attempt');
export const messageId = idOf('message');
export const worktreeId = idOf('worktree');
export const mergeId = idOf('merge');
export const proposalId = idOf('proposal');
export const accountId = idOf('account');

export type ProjectId = z.infer<typeof projectId>;
export type RepositoryId = z.infer<typeof repositoryId>;
export type SprintId = z.infer<typeof sprintId>;
export type TodoId = z.infer<typeof todoId>;
export type ArtifactId = z.infer<typeof artifactId>;
export type VersionId = z.infer<typeof versionId>;
export type CommentId = z.infer<typeof commentId>;
export type SessionId = z.infer<typeof sessionId>;
export type AgentId = z.infer<typeof agentId>;
export type LaunchId = z.infer<typeof launchId>;
export type ProgressId = z.infer<typeof progressId>;
export type LoopId = z.infer<typeof loopId>;
export type IterationId = z.infer<typeof iterationId>;
export type StageId = z.infer<typeof stageId>;
export type AttemptId = z.infer<typeof attemptId>;
export type MessageId = z.infer<typeof messageId>;
export type WorktreeId = z.infer<typeof worktreeId>;
export type MergeId = z.infer<typeof mergeId>;
export type ProposalId = z.infer<typeof proposalId>;
export type AccountId = z.infer<typeof accountId>;

/** Makes ids. A collision is refused by the table's primary key and tried again by `insertFresh`. */
export interface IdSource {
  next(noun: Noun): string;
}
