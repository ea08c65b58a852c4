import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { page, pageOf } from '../../domain/page.ts';
import { role } from '../../domain/role/role.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { pageThrough } from '../pages.ts';

const roleLine = role.pick({
  name: true,
  displayName: true,
  description: true,
  access: true,
  provider: true,
});

export const listRoles = defineOperation({
  id: 'role.list',
  title: 'List roles',
  summary: 'Lists what agents can be asked to be, and the role files that could not be read.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({ ...page }),
  output: pageOf(roleLine).extend({
    problems: z.array(z.string()).describe('Files that could not be read, with file, line and field'),
  }),
  run({ roles }, input) {
    const list = pageThrough(roles.list(), ({ name }) => name, input);
    return ok({
      ...list,
      items: list.items.map(({ name, displayName, description, access, provider }) => ({
        name,
        displayName,
        description,
        access,
        provider,
      })),
      problems: [...roles.problems()],
    });
  },
});

export const showRole = defineOperation({
  id: 'role.show',
  title: 'Show a role',
  summary: 'Shows a role whole: access, limits, tools and prompt.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['role'],
  input: z.object({ role: z.string().describe('Name of the role') }),
  output: role,
  run({ roles }, input) {
    const found = roles.find(input.role);
    if (found !== undefined) return ok(found);
    const known = roles.list().map(({ name }) => name);
    return refuseNow('missing', `There is no role ${input.role}.`, `Roles are: ${known.join(', ')}.`);
  },
});
