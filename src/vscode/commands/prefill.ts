import type { Operation } from '../../operations/operation.ts';
import { fieldNames, fieldOf, type Field } from './fields.ts';

/** A node of a tree, as it names the row that it shows. */
interface NodeRef {
  readonly noun: string;
  readonly id: string;
}

/**
 * What the arguments of a command say beforehand: a tree gives the node it was asked on and the nodes selected
 * besides, others give an object of inputs. Anything else says nothing.
 */
export function prefillFrom(operation: Operation, args: readonly unknown[]): Record<string, unknown> {
  const [first, others] = args;
  if (isNode(first)) {
    const selected = Array.isArray(others) ? others.filter(isNode) : [];
    return fromNodes(operation, first, selected);
  }
  if (typeof first !== 'object' || first === null) return {};
  const known = fieldNames(operation);
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => known.includes(name) && value !== undefined),
  );
}

function fromNodes(
  operation: Operation,
  node: NodeRef,
  selected: readonly NodeRef[],
): Record<string, unknown> {
  const field = fieldFor(operation, node.noun);
  if (field === undefined) return {};
  if (!field.many) return { [field.name]: node.id };
  // A click on a node that is not selected is about that node alone.
  const isSelected = selected.some(({ noun, id }) => noun === node.noun && id === node.id);
  const ids = isSelected ? selected.filter(({ noun }) => noun === node.noun).map(({ id }) => id) : [node.id];
  return { [field.name]: ids };
}

/** The field that a row of this noun fills: one that is required, else the one named so, else the first. */
function fieldFor(operation: Operation, noun: string): Field | undefined {
  const fields = fieldNames(operation)
    .map((name) => fieldOf(operation, name))
    .filter(
      ({ of }) => of.kind === 'reference' && (of.to === noun || (of.to === 'recipient' && noun === 'agent')),
    );
  return fields.find(({ required }) => required) ?? fields.find(({ name }) => name === noun) ?? fields[0];
}

function isNode(value: unknown): value is NodeRef {
  if (typeof value !== 'object' || value === null) return false;
  const { noun, id } = value as Partial<NodeRef>;
  return typeof noun === 'string' && typeof id === 'string';
}
