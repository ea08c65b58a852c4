import type { Proposal } from '../../domain/proposal/proposal.ts';
import { proposalTarget, type Present, type Target, type Values } from './proposalTargets.ts';

/** The fields that a proposal gives its target, by the names that the target's operations take. */
export function givenValues(proposal: Pick<Proposal, 'target' | 'title' | 'content' | 'metadata'>): Values {
  const { target, title, content, metadata } = proposal;
  return { ...metadata, title, [proposalTarget[target].content]: content };
}

/**
 * What a change is made from: the fields that it touches as they are now, and the version of an artifact whose text
 * it replaces. A text that is the same as now is not touched.
 */
export function baseOf(target: Target, present: Present, given: Values): Record<string, unknown> {
  const touched = Object.keys(given).filter(
    (name) => JSON.stringify(given[name]) !== JSON.stringify(present.values[name] ?? null),
  );
  const base = Object.fromEntries(touched.map((name) => [name, present.values[name] ?? null]));
  const writesText = touched.includes('content') || touched.includes('steps');
  if (target !== 'artifact' || !writesText) return base;
  // The version says that there is a newer text; the texts themselves would double every row.
  const { content: _content, steps: _steps, ...rest } = base;
  return { ...rest, version: present.values['version'] };
}

/** The touched fields alone: what accepting the proposal writes. */
export function changesOf(proposal: Proposal): Values {
  const given = givenValues(proposal);
  const base = proposal.base ?? {};
  const names = Object.keys(given).filter((name) => name in base || isText(name, base));
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}

const isText = (name: string, base: Values): boolean =>
  'version' in base && (name === 'content' || name === 'steps');
