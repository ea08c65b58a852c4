import { z } from 'zod';

/** How much of a list to return, and from where. Every list takes this. */
export const page = {
  limit: z.number().int().min(1).max(500).default(50).describe('How many to return at most'),
  after: z.string().optional().describe('The `next` of the page before'),
};
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** One page: what is in it, how many more follow it, and the key to ask for them. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly more: number;
  readonly next: string | null;
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    more: z.number().int().describe('How many follow after this page'),
    next: z.string().nullable().describe('Pass as `after` for the next page'),
  });
