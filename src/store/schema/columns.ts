import { integer, text } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../../base/clock.ts';

// Column kinds, so that a table reads as its noun. Names are derived by drizzle's snake_case casing
// (drizzle.config.ts and Database use the same), so no column name is typed twice.

export const id = <T extends string>() => text().$type<T>();
export const instant = () => text().$type<Instant>();
export const choice = <T extends string>(values: readonly T[]) =>
  text({ enum: values as readonly [T, ...T[]] }).$type<T>();
export const json = <T>() => text({ mode: 'json' }).$type<T>();
export const flag = () => integer({ mode: 'boolean' });
