import { all, always, type Condition } from './conditions.ts';

/** What a search in one noun's full-text table is made of. */
export interface FullText {
  /** FTS4 table whose docid is the row number of `table`. */
  readonly index: string;
  readonly table: string;
}

/**
 * Words as an FTS4 query: all must be there, the last may be the beginning of a word. Everything but letters,
 * digits and _ separates words, so no operator of the query language can come from outside. Null: no words.
 */
export function matchQuery(text: string, column?: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu);
  if (words === null) return null;
  const prefix = column === undefined ? '' : `${column}:`;
  return words.map((word, index) => `${prefix}${word}${index === words.length - 1 ? '*' : ''}`).join(' ');
}

/**
 * Rows that match, titles first, newer before older. FTS4 ranks nothing by itself, and a match in the title is
 * what people mean most often.
 */
export function searchSql(
  { index, table }: FullText,
  selection: string,
  text: string,
  within: Condition,
): { rows: Condition; count: Condition } {
  const any = matchQuery(text);
  const inTitle = matchQuery(text, 'title');
  if (any === null || inTitle === null)
    return { rows: nothing(selection, table), count: { sql: 'SELECT 0 AS n', values: [] } };
  const hits = `SELECT docid FROM ${index} WHERE ${index} MATCH ?`;
  const condition = all([{ sql: `row_number IN (${hits})`, values: [any] }, within]);
  return {
    rows: {
      sql: `SELECT ${selection} FROM ${table} WHERE ${condition.sql} ORDER BY row_number IN (${hits}) DESC, row_number DESC LIMIT ? OFFSET ?`,
      values: [...condition.values, inTitle],
    },
    count: { sql: `SELECT count(*) AS n FROM ${table} WHERE ${condition.sql}`, values: condition.values },
  };
}

const nothing = (selection: string, table: string): Condition => ({
  sql: `SELECT ${selection} FROM ${table} WHERE NOT ${always.sql} LIMIT ? OFFSET ?`,
  values: [],
});
