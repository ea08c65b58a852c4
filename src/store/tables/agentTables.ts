import type { Agent, Launch } from '../../domain/agent/agent.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { AgentTable, LaunchTable, Usage, Where } from '../../domain/store.ts';
import { agent, launch } from '../schema/runs.ts';
import type { Database } from '../sqlite/database.ts';
import { all, matching } from './conditions.ts';
import { NounTable } from './nounTable.ts';
import type { Reach } from './reach.ts';

export class SqlAgentTable extends NounTable<Agent> implements AgentTable {
  constructor(db: Database, reach: Reach) {
    super(db, reach, { noun: 'agent', table: agent, order: ['createdAt'], newestFirst: true });
  }

  findByName(name: string): Agent | undefined {
    return this.all({ name })[0];
  }

  isNameTaken(name: string): boolean {
    return this.db.get('SELECT 1 FROM agent WHERE name = ?', [name]) !== undefined;
  }

  needingAttention(page: PageRequest): Page<Agent> {
    const condition = this.scoped({ sql: 'attention IS NOT NULL AND dismissed_at IS NULL', values: [] });
    return this.page(condition, { columns: ['updated_at', 'id'], direction: 'asc' }, page);
  }

  ended(where: Where<Agent>, limit: number): readonly Agent[] {
    const condition = this.scoped(
      all([matching(this.codec, where), { sql: 'ended_at IS NOT NULL', values: [] }]),
    );
    return this.select(condition, `ORDER BY ended_at DESC, id DESC LIMIT ${Math.trunc(limit)}`);
  }

  usage(where: Where<Agent>): readonly Usage[] {
    const condition = this.scoped(matching(this.codec, where));
    const rows = this.db.all(
      `SELECT provider, count(*) AS agents, sum(input_tokens) AS input, sum(output_tokens) AS output,
         sum(cost_usd) AS cost FROM agent WHERE ${condition.sql} GROUP BY provider ORDER BY provider`,
      [...condition.values],
    );
    return rows.map((row) => ({
      provider: String(row['provider']),
      agents: Number(row['agents']),
      inputTokens: Number(row['input']),
      outputTokens: Number(row['output']),
      costUsd: Number(row['cost']),
    }));
  }
}

export class SqlLaunchTable extends NounTable<Launch> implements LaunchTable {
  constructor(db: Database, reach: Reach) {
    super(db, reach, { noun: 'launch', table: launch, order: ['createdAt'] });
  }

  findByToken(tokenHash: string): Launch | undefined {
    return this.all({ tokenHash })[0];
  }
}
