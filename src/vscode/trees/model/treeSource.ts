import type { Event } from '../../../domain/event/event.ts';
import type { Entity, EntityPage } from './entity.ts';

/** What of a tree is loaded, for sources that have to find what a change bears on. */
export interface Loaded {
  get(key: string): Entity | undefined;
  all(): Iterable<Entity>;
}

/** What a batch of changes bears on. */
export interface Touched {
  /** Rows to read again, loaded or not. */
  readonly rows: Iterable<string>;
  /** Rows whose children have to be listed again, where they are loaded. */
  readonly branches?: Iterable<string>;
  /** So much changed that all that is loaded is listed again. */
  readonly everything?: boolean;
}

/** Where a tree's rows come from. It refuses by throwing `Refused`. */
export interface TreeSource {
  /** One page of what stands below a row, or at the top. */
  page(parent: Entity | null, limit: number, after: string | undefined): Promise<EntityPage>;
  /** The rows as they are now; what is gone is left out. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>>;
  touched(events: readonly Event[], loaded: Loaded): Touched;
}
