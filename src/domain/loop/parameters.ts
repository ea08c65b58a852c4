import { ok, refuse, type Result } from '../../base/result.ts';
import type { LoopDefinition } from './definition.ts';

/** The given parameters with defaults filled in; unknown names and missing required ones are refused by name. */
export function resolveParameters(
  definition: LoopDefinition,
  given: Readonly<Record<string, string>>,
): Result<Record<string, string>> {
  const known = definition.parameters.map(({ name }) => name);
  const takes = known.length === 0 ? 'It takes no parameters.' : `Its parameters are: ${known.join(', ')}.`;
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return refuse(
      'invalid',
      `Loop definition ${definition.name} has no parameter ${unknown.join(', ')}.`,
      takes,
    );
  const missing = definition.parameters.filter(
    ({ name, required, default: preset }) => required && preset === null && (given[name] ?? '').trim() === '',
  );
  if (missing.length > 0)
    return refuse(
      'invalid',
      `Loop definition ${definition.name} needs ${missing.map(({ name }) => name).join(', ')}.`,
      `Give it with parameters: ${missing.map(({ name, description }) => `${name} (${description})`).join('; ')}.`,
    );
  return ok(
    Object.fromEntries(definition.parameters.map((one) => [one.name, given[one.name] ?? one.default ?? ''])),
  );
}

/** Fills `{{name}}` in every prompt and criterion; a name that is no parameter stays as it is written. */
export function fillDefinition(
  definition: LoopDefinition,
  values: Readonly<Record<string, string>>,
): LoopDefinition {
  const fill = (text: string) =>
    text.replace(/\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g, (whole, name: string) => values[name] ?? whole);
  const { termination } = definition;
  return {
    ...definition,
    roles: definition.roles.map((one) => ({ ...one, prompt: fill(one.prompt) })),
    termination:
      termination.type === 'goal' ? { ...termination, criteria: fill(termination.criteria) } : termination,
  };
}
