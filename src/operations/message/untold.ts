import type { AgentId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import type { OperationContext } from '../operation.ts';

const step = 200;

/** All that an agent was not told yet, oldest first: notes, answers, and questions that wait for it. */
export function untold({ tables }: Pick<OperationContext, 'tables'>, reader: AgentId): readonly Message[] {
  const all: Message[] = [];
  let after: string | undefined;
  do {
    const page = tables.message.unread(reader, { limit: step, ...(after === undefined ? {} : { after }) });
    all.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
