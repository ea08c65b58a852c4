import type { AccountAccess, Environment } from '../../agents/providers/provider.ts';

/** Variables that hand an account to a process; none: it uses the login that its CLI has by itself. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * The environment with the account's variables, and without any other credential that was in it: a CLI that found
 * two would choose by rules of its own.
 */
export function withAccount(
  environment: Environment,
  { variables }: AccountAccess,
  credentials: Credentials,
): Environment {
  if (Object.keys(credentials).length === 0) return environment;
  const rest = Object.entries(environment).filter(([name]) => !variables.includes(name));
  return { ...Object.fromEntries(rest), ...credentials };
}

/** The shortest that is taken for a secret: replacing a word that stands everywhere would spoil the output. */
const shortest = 8;
const mask = '•••';

/** Takes secrets out of an agent's output before it is shown, parsed or kept: an agent may print its environment. */
export function redactor(secrets: readonly string[]): (line: string) => string {
  const known = secrets.filter((secret) => secret.length >= shortest);
  return (line) => known.reduce((text, secret) => text.replaceAll(secret, mask), line);
}

/** Of an account's variables those that are secret: a folder's path is none. */
export const secretsOf = ({ variables }: AccountAccess, credentials: Credentials): readonly string[] =>
  Object.entries(credentials).flatMap(([name, value]) => (variables.includes(name) ? [value] : []));
