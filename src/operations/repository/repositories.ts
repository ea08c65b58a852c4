import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { page, pageOf } from '../../domain/page.ts';
import { repository, type Repository } from '../../domain/repository/repository.ts';
import { repositoryId } from '../../domain/ids.ts';
import { given } from '../given.ts';
import { insertFresh } from '../insertFresh.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { projectLine, toProjectLine } from '../project/projectLine.ts';
import { lastFolder } from './insertRepository.ts';
import { repositoryByRef } from './repositoryByRef.ts';
import { repositoryLine, toRepositoryLine } from './repositoryLine.ts';

const inside = z
  .array(
    z
      .string()
      .min(1)
      .max(1000)
      .refine(
        (name) => !/^([\\/]|[A-Za-z]:)|(^|[\\/])\.\.([\\/]|$)/.test(name),
        'must lie inside of the repository',
      ),
  )
  .max(100);

const fields = {
  name: repository.shape.name
    .trim()
    .min(1, 'must not be empty')
    .describe('Unique; the folder name when left out'),
  url: z.string().trim().min(1).max(2000).nullable().describe('Where it is fetched from'),
  defaultBranch: z.string().trim().min(1).max(200).describe('Such as main'),
  copyFiles: inside.describe('Files that each new worktree gets a copy of, relative to the root: .env'),
  linkFolders: inside.describe('Folders that each new worktree links to, relative to the root: node_modules'),
  setUpCommand: z
    .array(z.string())
    .max(100)
    .describe('Program and arguments run once in each new worktree, without a shell'),
};
const path = z.string().min(1).max(4096).describe('Folder of the repository');
const one = z.object({ repository: z.string().describe('Repository id or name') });

export const registerRepository = defineOperation({
  id: 'repository.register',
  title: 'Register a repository',
  summary:
    'Makes a git repository known, by its folder, or by its address alone: then it is cloned when it is first needed. Refused when the folder is absent, is no git repository or is known already.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['path'],
  input: z.object({ path: path.optional(), ...z.object(fields).partial().shape }),
  output: repository,
  run(context, input) {
    const found = input.path === undefined ? null : inspect(context, input.path);
    if (found === null && input.url == null)
      refuseNow('invalid', 'Which repository?', 'Name its folder, or its address with url.');
    const row = {
      name: input.name ?? lastFolder(found?.root ?? (input.url ?? '').replace(/[\\/:]+$|\.git$/g, '')),
      path: found?.root ?? null,
      url: input.url ?? null,
      defaultBranch: input.defaultBranch ?? found?.defaultBranch ?? 'main',
      lastFetchedAt: null,
      copyFiles: input.copyFiles ?? [],
      linkFolders: input.linkFolders ?? [],
      setUpCommand: input.setUpCommand ?? [],
      createdAt: context.now,
      updatedAt: context.now,
    };
    mustBeNew(context, row, null);
    return ok(insertFresh(context, context.tables.repository, 'repository', row));
  },
});

export const listRepositories = defineOperation({
  id: 'repository.list',
  title: 'List repositories',
  summary: 'Lists the repositories that projects may work in.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({ ...page }),
  output: pageOf(repositoryLine),
  run({ tables }, input) {
    const list = tables.repository.list({}, input);
    return ok({ ...list, items: list.items.map(toRepositoryLine) });
  },
});

export const showRepository = defineOperation({
  id: 'repository.show',
  title: 'Show a repository',
  summary: 'Shows a repository and the projects that work in it.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['repository'],
  input: one,
  output: repository.extend({ projects: z.array(projectLine) }),
  run(context, input) {
    const found = repositoryByRef(context, input.repository);
    return ok({ ...found, projects: projectsIn(context, found).map(toProjectLine) });
  },
});

export const updateRepository = defineOperation({
  id: 'repository.update',
  title: 'Change a repository',
  summary: 'Changes name, folder, address, default branch or the set-up of worktrees of a repository.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['repository'],
  input: one.extend({ path: path.optional(), ...z.object(fields).partial().shape }),
  output: repository,
  run(context, { repository: ref, path: folder, ...rest }) {
    const found = repositoryByRef(context, ref);
    const changed: Repository = {
      ...found,
      ...given(rest),
      path: folder === undefined ? found.path : inspect(context, folder).root,
      updatedAt: context.now,
    };
    mustBeNew(context, changed, found);
    context.tables.repository.update(changed);
    return ok(changed);
  },
});

export const removeRepository = defineOperation({
  id: 'repository.remove',
  title: 'Forget a repository',
  summary: 'Forgets a repository; its folder is not touched. dryRun only says which projects would lose it.',
  effect: 'destroy',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['repository'],
  input: one.extend({ dryRun: z.boolean().default(false).describe('Only say what would be forgotten') }),
  output: z.object({ dryRun: z.boolean(), repository: repositoryId, projects: z.array(projectLine) }),
  run(context, input) {
    const { tables } = context;
    const found = repositoryByRef(context, input.repository);
    const projects = projectsIn(context, found);
    if (!input.dryRun) {
      for (const project of projects) tables.project.removeRepository(project.id, found.id);
      tables.repository.remove(found.id);
    }
    return ok({ dryRun: input.dryRun, repository: found.id, projects: projects.map(toProjectLine) });
  },
});

const projectsIn = ({ tables }: OperationContext, { id }: Repository) =>
  tables.project.all({}).filter((project) => tables.project.repositories(project.id).includes(id));

function inspect({ probe }: OperationContext, folder: string) {
  const found = probe.inspect(folder);
  switch (found.kind) {
    case 'absent':
      return refuseNow('missing', `There is no folder ${folder}.`, 'Check the path, or clone it first.');
    case 'not_git':
      return refuseNow(
        'invalid',
        `${folder} is not a git repository.`,
        'Run git init there, or name another folder.',
      );
    case 'found':
      return found;
  }
}

function mustBeNew(
  { tables }: OperationContext,
  row: Pick<Repository, 'name' | 'path' | 'url'>,
  self: Repository | null,
): void {
  const other = (where: Partial<Pick<Repository, 'name' | 'path' | 'url'>>): Repository | undefined =>
    tables.repository.all(where).find((known) => known.id !== self?.id);
  const byPath = row.path === null ? undefined : other({ path: row.path });
  if (byPath !== undefined)
    refuseNow(
      'conflict',
      `${byPath.path ?? ''} is registered already, as ${byPath.name}.`,
      `Use that: sloop repository show ${byPath.name}.`,
    );
  const byUrl = row.url === null ? undefined : other({ url: row.url });
  if (byUrl !== undefined)
    refuseNow(
      'conflict',
      `${byUrl.url ?? ''} is registered already, as ${byUrl.name}.`,
      `Use that: sloop repository show ${byUrl.name}.`,
    );
  const byName = other({ name: row.name });
  if (byName !== undefined)
    refuseNow('conflict', `There is a repository ${byName.name} already.`, 'Give another name.');
}
