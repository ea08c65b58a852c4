import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { account as accountRow, isAvailable, type Account } from '../../domain/account/account.ts';
import { liveAgentStatuses } from '../../domain/agent/agent.ts';
import { accountId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { given } from '../given.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';

const byHand = { permission: 'person', surfaces: ['cli', 'palette'] } as const;

const { label } = accountRow.shape;

export const listAccounts = defineOperation({
  id: 'account.list',
  title: 'List accounts',
  summary:
    'Lists the accounts of providers in their order, with when each was used and until when it is exhausted.',
  effect: 'read',
  permission: 'read',
  surfaces: ['cli', 'palette'],
  input: z.object({ provider: z.string().optional().describe('Only those of this provider'), ...page }),
  output: pageOf(accountRow.extend({ available: z.boolean().describe('Whether it can be used now') })),
  run({ tables, now }, input) {
    const list = tables.account.list({ provider: input.provider }, input);
    return ok({ ...list, items: list.items.map((row) => ({ ...row, available: isAvailable(row, now) })) });
  },
});

export const updateAccount = defineOperation({
  id: 'account.update',
  title: 'Change an account',
  summary: 'Changes the label of an account, or its place in the order in which accounts take turns.',
  effect: 'write',
  ...byHand,
  positional: ['account'],
  input: z.object({
    account: accountId,
    label: label.optional().describe('How people tell it from others'),
    order: z
      .number()
      .int()
      .optional()
      .describe('Of two that were used equally long ago the lower goes first'),
  }),
  output: accountRow,
  run(context, input) {
    const found = mustFind(context.tables.account, 'account', input.account);
    if (input.label !== undefined) mustBeFree(context, found.provider, input.label, found.id);
    const changed: Account = {
      ...found,
      ...given({ label: input.label, sortOrder: input.order }),
      updatedAt: context.now,
    };
    context.tables.account.update(changed);
    return ok(changed);
  },
});

export const resetAccount = defineOperation({
  id: 'account.reset',
  title: 'Take an account into use again',
  summary:
    'Says that an account is not exhausted any more, such as after logging in again; agents that wait go on.',
  effect: 'write',
  ...byHand,
  positional: ['account'],
  input: z.object({ account: accountId }),
  output: accountRow,
  run({ tables, now }, input) {
    const found = mustFind(tables.account, 'account', input.account);
    const reset: Account = {
      ...found,
      isExhausted: false,
      exhaustedUntil: null,
      exhaustedReason: null,
      updatedAt: now,
    };
    tables.account.update(reset);
    return ok(reset);
  },
});

export const removeAccount = defineOperation({
  id: 'account.remove',
  title: 'Remove an account',
  summary:
    'Forgets an account and its credentials. Refused while an agent uses it. dryRun only says what would go.',
  effect: 'destroy',
  ...byHand,
  positional: ['account'],
  input: z.object({
    account: accountId,
    dryRun: z.boolean().default(false).describe('Only say what would be removed'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    removed: z.string().describe('Its label'),
    provider: z.string(),
    variables: z.array(z.string()).describe('Names of the credentials that go along'),
    folder: z
      .boolean()
      .describe('Whether its configuration folder goes along, with its login and its sessions'),
    agents: z
      .number()
      .int()
      .describe('Ended agents that cannot be resumed then: their sessions lie in that folder'),
  }),
  run({ tables }, { account: id, dryRun }) {
    const found = mustFind(tables.account, 'account', id);
    const living = tables.agent.list({ accountId: id, status: liveAgentStatuses }, { limit: 1 }).items[0];
    if (living !== undefined)
      refuseNow(
        'conflict',
        `Agent ${living.name} uses the account ${found.label}.`,
        `Wait for its end, or stop it: sloop agent stop ${living.name}.`,
      );
    const folder = found.kind === 'folder';
    const agents = folder ? tables.agent.count({ accountId: id }) : 0;
    if (!dryRun) tables.account.remove(id);
    const { label: removed, provider, variables } = found;
    return ok({ dryRun, removed, provider, variables, folder, agents });
  },
});

/** Two of one label could not be told apart. */
export function mustBeFree(
  { tables }: OperationContext,
  provider: string,
  wanted: string,
  own: Account['id'] | null,
): void {
  const other = tables.account.all({ provider, label: wanted }).find(({ id }) => id !== own);
  if (other === undefined) return;
  refuseNow(
    'conflict',
    `There is an account ${wanted} of ${provider} already.`,
    `Choose another label, or remove that one first: sloop account remove ${other.id}.`,
  );
}
