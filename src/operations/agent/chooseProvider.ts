import { refuseNow } from '../../base/result.ts';
import type { Role } from '../../domain/role/role.ts';
import type { OperationContext } from '../operation.ts';

/** The provider that plays a script file instead of asking a model. */
export const scriptProvider = 'script';

/** What a start says of its provider; left out or null: what the role says. */
export interface ProviderWish {
  readonly provider?: string | null | undefined;
  readonly script?: string | null | undefined;
}

/** Named in the start, else implied by a script, else the role's, else the first that is set up. */
export const wantedProvider = (
  { providers }: Pick<OperationContext, 'providers'>,
  role: Role,
  wish: ProviderWish,
): string | undefined =>
  wish.provider ?? (wish.script == null ? role.provider : scriptProvider) ?? providers.list()[0];

/** The same, refused where it does not exist or does not fit the script. */
export function chooseProvider(context: OperationContext, role: Role, wish: ProviderWish): string {
  const { providers, caller } = context;
  // A script runs whatever it says, outside of the sandbox that the caller's own CLI may be in.
  if (wish.script !== undefined && caller.kind === 'agent')
    refuseNow(
      'forbidden',
      'An agent may not have a script played.',
      'Leave the script out, or ask the person.',
    );
  const provider =
    wantedProvider(context, role, wish) ??
    refuseNow('unavailable', 'No provider is set up.', 'Set one up, then name it with provider.');
  const known = providers.list();
  if (!known.includes(provider))
    refuseNow('missing', `There is no provider ${provider}.`, `There are: ${known.join(', ')}.`);
  if (provider === scriptProvider && wish.script == null)
    refuseNow('invalid', 'The provider script needs a script to play.', 'Name a YAML file: --script FILE.');
  if (provider !== scriptProvider && wish.script != null)
    refuseNow(
      'invalid',
      `The provider ${provider} plays no script.`,
      'Leave the script out, or name provider script.',
    );
  return provider;
}
