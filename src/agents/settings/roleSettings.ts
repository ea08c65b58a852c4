import type { Role, RoleCatalog } from '../../domain/role/role.ts';
import type { ProviderSettings } from '../providers/provider.ts';

/** What a person has set up for one role: what it is started with, wherever its file says otherwise. */
export interface RoleSettings extends ProviderSettings {
  readonly provider?: string | undefined;
}

/** The roles as the person's settings have them: their provider, model and effort over those of the files. */
export function rolesAsSet(
  roles: RoleCatalog,
  settings: Readonly<Record<string, RoleSettings>>,
): RoleCatalog {
  const asSet = (role: Role): Role => roleAsSet(role, settings[role.name] ?? {});
  const find = (name: string) => {
    const role = roles.find(name);
    return role === undefined ? undefined : asSet(role);
  };
  const unknown = () =>
    Object.keys(settings)
      .filter((name) => roles.find(name) === undefined)
      .map((name) => `settings.yaml: roles: there is no role ${name}`);
  return {
    list: () => roles.list().map(asSet),
    find,
    problems: () => [...roles.problems(), ...unknown()],
  };
}

/** A model belongs to its provider: who sets another provider has not chosen the file's model with it. */
function roleAsSet(role: Role, { provider, model, effort }: RoleSettings): Role {
  const keeps = provider === undefined || provider === role.provider;
  return {
    ...role,
    provider: provider ?? role.provider,
    model: model ?? (keeps ? role.model : null),
    effort: effort ?? (keeps ? role.effort : null),
  };
}

/**
 * What an agent of `provider` and of a role is started with: the provider's settings, and over them the role's,
 * unless those are for another provider than the one that this agent was started with.
 */
export function settingsFor(
  provider: string,
  ofProvider: ProviderSettings | undefined,
  ofRole: RoleSettings | undefined,
): ProviderSettings | undefined {
  if (ofRole === undefined || (ofRole.provider ?? provider) !== provider) return ofProvider;
  return {
    executable: ofRole.executable ?? ofProvider?.executable,
    // The later of two options counts for the CLIs.
    extraArguments: [...(ofProvider?.extraArguments ?? []), ...(ofRole.extraArguments ?? [])],
    env: { ...ofProvider?.env, ...ofRole.env },
    model: ofRole.model ?? ofProvider?.model,
    effort: ofRole.effort ?? ofProvider?.effort,
  };
}
