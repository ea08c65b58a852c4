import type { Instant } from '../../base/clock.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { MessageTable } from '../../domain/store.ts';
import { message } from '../schema/talk.ts';
import type { Database } from '../sqlite/database.ts';
import { NounTable } from './nounTable.ts';
import type { Reach } from './reach.ts';

export class SqlMessageTable extends NounTable<Message> implements MessageTable {
  constructor(db: Database, reach: Reach) {
    super(db, reach, { noun: 'message', table: message, order: ['createdAt'] });
  }

  unread(reader: AgentId | 'person', page: PageRequest): Page<Message> {
    const mine =
      reader === 'person'
        ? {
            sql: `recipient_kind IN ('person', 'everyone') AND sender_kind <> 'person' AND status = 'sent'`,
            values: [],
          }
        : {
            // A person sees questions where they wait; an agent is told of each once, as of any other message.
            // What was said to everyone before it began was not said to it.
            sql: `((recipient_kind = 'agent' AND recipient_agent_id = ?) OR (recipient_kind = 'everyone' AND created_at >= (SELECT created_at FROM agent WHERE id = ?))) AND sender_agent_id IS NOT ? AND status IN ('sent', 'pending')`,
            values: [reader, reader, reader],
          };
    const condition = this.scoped({
      sql: `${mine.sql} AND NOT EXISTS (SELECT 1 FROM message_read r WHERE r.message_id = message.id AND r.reader = ?)`,
      values: [...mine.values, reader],
    });
    return this.page(condition, { columns: ['created_at', 'id'], direction: 'asc' }, page);
  }

  markRead(id: Message['id'], reader: AgentId | 'person', now: Instant): void {
    this.db.run('INSERT OR IGNORE INTO message_read (message_id, reader, read_at) VALUES (?, ?, ?)', [
      id,
      reader,
      now,
    ]);
  }
}
