import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { account as accountRow, type Account, type AccountRules } from '../../domain/account/account.ts';
import { accountId } from '../../domain/ids.ts';
import { insertFresh } from '../insertFresh.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { nextOrder } from './accountOrder.ts';
import { mustBeFree } from './accounts.ts';
import { ownLogin } from './chooseAccount.ts';

const kinds = ['environment', 'folder', 'own'] as const;

/**
 * Surfaces ask for the credentials, keep them where secrets are kept under an id that they make up, and then say here
 * that there is such an account: what is secret is never the input of an operation.
 */
export const addAccount = defineOperation({
  id: 'account.add',
  title: 'Add an account',
  summary:
    'Takes note of an account whose credentials are kept already, of a folder to log in to, or of the own login.',
  effect: 'write',
  permission: 'person',
  surfaces: ['view'],
  input: z.object({
    provider: z.string().describe('Name of a provider'),
    label: accountRow.shape.label.describe('How people tell it from others'),
    kind: z
      .enum(kinds)
      .default('environment')
      .describe(
        'environment: variables; folder: a configuration folder of its own; own: the login the CLI has',
      ),
    variables: z.array(z.string()).max(20).default([]).describe('Names of its variables, never their values'),
    account: accountId.optional().describe('Id that its credentials are kept under'),
  }),
  output: accountRow,
  run(context, input) {
    const { tables, providers, now } = context;
    const rules =
      providers.accounts(input.provider) ??
      refuseNow(
        'missing',
        `There is no provider ${input.provider}.`,
        `There are: ${providers.list().join(', ')}.`,
      );
    mustBeFree(context, input.provider, input.label, null);
    checkKind(context, input, rules);
    const row: Omit<Account, 'id'> = {
      provider: input.provider,
      label: input.label,
      kind: input.kind === 'folder' ? 'folder' : 'environment',
      variables: input.variables,
      isExhausted: false,
      exhaustedUntil: null,
      exhaustedReason: null,
      lastUsedAt: null,
      sortOrder: nextOrder(context, input.provider),
      createdAt: now,
      updatedAt: now,
    };
    if (input.account === undefined) return ok(insertFresh(context, tables.account, 'account', row));
    if (tables.account.isTaken(input.account))
      refuseNow('conflict', `The id ${input.account} is taken.`, 'Keep its credentials under another one.');
    const added: Account = { ...row, id: input.account };
    tables.account.insert(added);
    return ok(added);
  },
});

function checkKind(
  context: OperationContext,
  {
    provider,
    kind,
    variables,
  }: { provider: string; kind: (typeof kinds)[number]; variables: readonly string[] },
  rules: AccountRules,
): void {
  if (kind === 'environment') return checkVariables(provider, variables, rules);
  if (variables.length > 0)
    refuseNow('invalid', 'Variables go with the kind environment.', 'Leave them out, or choose that kind.');
  if (kind === 'folder' && rules.folderVariable === undefined)
    refuseNow(
      'invalid',
      `${provider} has no configuration folder that an account could have of its own.`,
      waysOf(rules),
    );
  if (kind === 'own' && ownLogin(context, provider).length > 0)
    refuseNow(
      'conflict',
      `The own login of ${provider} is among its accounts already.`,
      'See: sloop account list.',
    );
}

function checkVariables(provider: string, variables: readonly string[], rules: AccountRules): void {
  const unknown = variables.filter((name) => !rules.variables.includes(name));
  if (unknown.length > 0)
    refuseNow('invalid', `${provider} takes no credential ${unknown.join(', ')}.`, waysOf(rules));
  if (variables.length === 0 || new Set(variables).size < variables.length)
    refuseNow('invalid', 'Name each variable of the account once.', waysOf(rules));
}

const waysOf = ({ variables, folderVariable }: AccountRules): string =>
  variables.length === 0 && folderVariable === undefined
    ? 'Only its own login can be used: kind own.'
    : `There are: ${[...variables, ...(folderVariable === undefined ? [] : ['kind folder'])].join(', ')}.`;
