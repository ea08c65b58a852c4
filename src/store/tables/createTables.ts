import type { Account } from '../../domain/account/account.ts';
import type { Progress } from '../../domain/agent/agent.ts';
import type { Comment, Version } from '../../domain/artifact/artifact.ts';
import type { Tables } from '../../domain/store.ts';
import type { Attempt, Iteration, Loop, Stage } from '../../domain/loop/loop.ts';
import type { Merge } from '../../domain/merge/merge.ts';
import type { Proposal } from '../../domain/proposal/proposal.ts';
import type { Session } from '../../domain/session/session.ts';
import type { Worktree } from '../../domain/worktree/worktree.ts';
import { account } from '../schema/account.ts';
import { merge, worktree } from '../schema/branches.ts';
import { comment, version } from '../schema/documents.ts';
import { attempt, iteration, loop, progress, stage } from '../schema/runs.ts';
import { proposal } from '../schema/talk.ts';
import { session } from '../schema/work.ts';
import type { Database } from '../sqlite/database.ts';
import { SqlAgentTable, SqlLaunchTable } from './agentTables.ts';
import { SqlArtifactTable } from './artifactTable.ts';
import { SqlEventTable } from './eventTable.ts';
import { SqlMessageTable } from './messageTable.ts';
import { NounTable } from './nounTable.ts';
import { SqlProjectTable } from './projectTable.ts';
import type { Reach } from './reach.ts';
import { RepositoryTable } from './repositoryTable.ts';
import { SqlRequestTable } from './requestTable.ts';
import { SqlSprintTable } from './sprintTable.ts';
import { SqlTodoTable } from './todoTable.ts';

/** Every noun's rows over one database. */
export function createTables(db: Database, reach: Reach): Tables {
  return {
    project: new SqlProjectTable(db, reach),
    repository: new RepositoryTable(db, reach),
    sprint: new SqlSprintTable(db, reach),
    todo: new SqlTodoTable(db, reach),
    artifact: new SqlArtifactTable(db, reach),
    version: new NounTable<Version>(db, reach, {
      noun: 'version',
      table: version,
      order: ['version'],
      newestFirst: true,
      readByChildren: true,
    }),
    comment: new NounTable<Comment>(db, reach, { noun: 'comment', table: comment, order: ['createdAt'] }),
    session: new NounTable<Session>(db, reach, {
      noun: 'session',
      table: session,
      order: ['createdAt'],
      newestFirst: true,
      owners: { session: 'id' },
    }),
    agent: new SqlAgentTable(db, reach),
    launch: new SqlLaunchTable(db, reach),
    progress: new NounTable<Progress>(db, reach, {
      noun: 'progress',
      table: progress,
      order: ['createdAt'],
      newestFirst: true,
    }),
    loop: new NounTable<Loop>(db, reach, {
      noun: 'loop',
      table: loop,
      order: ['startedAt'],
      newestFirst: true,
    }),
    iteration: new NounTable<Iteration>(db, reach, {
      noun: 'iteration',
      table: iteration,
      order: ['number'],
    }),
    stage: new NounTable<Stage>(db, reach, { noun: 'stage', table: stage, order: ['position'] }),
    attempt: new NounTable<Attempt>(db, reach, {
      noun: 'attempt',
      table: attempt,
      order: ['startedAt', 'number'],
    }),
    message: new SqlMessageTable(db, reach),
    worktree: new NounTable<Worktree>(db, reach, {
      noun: 'worktree',
      table: worktree,
      order: ['createdAt'],
      newestFirst: true,
    }),
    merge: new NounTable<Merge>(db, reach, { noun: 'merge', table: merge, order: ['createdAt'] }),
    proposal: new NounTable<Proposal>(db, reach, {
      noun: 'proposal',
      table: proposal,
      order: ['createdAt', 'sortOrder'],
    }),
    account: new NounTable<Account>(db, reach, {
      noun: 'account',
      table: account,
      order: ['provider', 'sortOrder'],
      owners: { project: null, session: null },
    }),
    event: new SqlEventTable(db, reach),
    request: new SqlRequestTable(db),
  };
}
