import { z } from 'zod';
import type { Instant } from '../base/clock.ts';

/** A moment in an entity or an input: ISO 8601, UTC, milliseconds. Other ISO spellings are normalised. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString() as Instant)
  .pipe(z.custom<Instant>());
