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
  page: { readonly limit: number; readonly offset: number },
): { rows: Condition; count: Condition } {
  const any = matchQuery(text);
  const inTitle = matchQuery(text, 'title');
  if (any === null || inTitle === null)
    return { rows: nothing(selection, table), count: { sql: 'SELECT 0 AS n', values: [] } };
  const from = within === always ? index : `${index} JOIN ${table} ON row_number = docid`;
  const condition = (query: string) => all([{ sql: `${index} MATCH ?`, values: [query] }, within]);
  const newest = (query: string, rank: number): Condition => ({
    sql: `SELECT * FROM (SELECT docid, ${rank} AS rank FROM ${from} WHERE ${condition(query).sql} ORDER BY docid DESC LIMIT ?)`,
    values: [...condition(query).values, page.offset + page.limit],
  });
  // The page lies among the newest that match in the title and the newest that match at all: a word that is
  // everywhere costs no more than a rare one, and whole rows are read for the page alone.
  const [titles, others] = [newest(inTitle, 1), newest(any, 0)];
  return {
    rows: {
      sql: `WITH hit(number, rank) AS (
          SELECT docid, max(rank) FROM (${titles.sql} UNION ALL ${others.sql}) GROUP BY docid ORDER BY 2 DESC, 1 DESC LIMIT ? OFFSET ?
        ) SELECT ${selection} FROM hit JOIN ${table} ON row_number = number ORDER BY rank DESC, number DESC`,
      values: [...titles.values, ...others.values, page.limit, page.offset],
    },
    count: {
      sql: `SELECT count(*) AS n FROM ${from} WHERE ${condition(any).sql}`,
      values: condition(any).values,
    },
  };
}

const nothing = (selection: string, table: string): Condition => ({
  sql: `SELECT ${selection} FROM ${table} WHERE NOT ${always.sql}`,
  values: [],
});
