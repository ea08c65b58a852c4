import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../base/clock.ts';
import type { Refusal } from '../../base/result.ts';
import type { Seen } from '../../domain/agent/observed.ts';
import type { SpooledCall } from '../../engine/spool.ts';
import { HostAway, type HostLink } from '../../gateway/client/hostLink.ts';
import { batchAhead, type Report } from './batches.ts';
import { appendToSpool, removeSpool } from './spoolWriter.ts';

export interface ReporterParts {
  readonly link: HostLink;
  readonly agent: string;
  readonly sessionNumber: number;
  readonly process: { readonly pid: number; readonly pidStartedAt: string | null };
  readonly spool: string;
  /** The host asks for the agent's end. */
  readonly onStop: () => void;
  /** Another process took the agent's place, or it is not to run any more: this one has to end. */
  readonly onReplaced: (why: string) => void;
  /** Something that a person at the terminal should know. */
  readonly onNote: (text: string) => void;
}

/** How long small things are gathered before they are sent. */
const gatherMs = 300;
const retryMs = 500;

/**
 * Tells the host what its agent does, in order, each thing once. While there is no host it goes on: everything is
 * kept in memory and, synced, in the spool, so that neither this process's death nor the host's loses a word.
 */
export class Reporter {
  readonly #parts: ReporterParts;
  readonly #queue: Report[] = [];
  /** How many at the head of the queue stand in the spool. */
  #spooled = 0;
  #hasSpool = false;
  #number = 0;
  #away = false;
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ReporterParts) {
    this.#parts = parts;
  }

  see(seen: Seen): void {
    this.#number += 1;
    this.#queue.push({ kind: 'seen', number: this.#number, at: systemClock.now(), seen });
    const urgent = seen.kind === 'session' || seen.kind === 'failed' || seen.kind === 'ended';
    this.#sendIn(urgent && !this.#away ? 0 : gatherMs);
  }

  /** Reports the end. Resolves when all of it is delivered, or safe in the spool after `patienceMs`. */
  async exited(exit: Readonly<Record<string, unknown>>, patienceMs: number): Promise<boolean> {
    const { agent, sessionNumber } = this.#parts;
    this.#queue.push({ kind: 'exited', input: { agent, sessionNumber, ...exit } });
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      await this.#send();
      if (this.#queue.length === 0) break;
      if (Date.now() >= giveUpAt) break;
      await sleep(retryMs);
    }
    clearTimeout(this.#timer);
    await this.#sending;
    // The last attempt may have begun before the end was in the queue.
    await this.#keep();
    return this.#queue.length === 0;
  }

  #sendIn(milliseconds: number): void {
    if (this.#timer !== undefined && milliseconds > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, milliseconds);
  }

  /** One sender at a time, so that the order holds. */
  async #send(): Promise<void> {
    this.#sending ??= this.#deliver().finally(() => (this.#sending = undefined));
    await this.#sending;
  }

  async #deliver(): Promise<void> {
    try {
      if (this.#away) await this.#attach();
      while (this.#queue.length > 0) {
        const batch = batchAhead(this.#queue, this.#parts);
        await this.#deliverBatch(batch.item);
        this.#queue.splice(0, batch.count);
        this.#spooled = Math.max(0, this.#spooled - batch.count);
      }
      if (this.#hasSpool) await removeSpool(this.#parts.spool);
      this.#hasSpool = false;
    } catch (error) {
      // Whatever keeps the host from hearing, a fault of ours too: the agent's work does not end with it.
      if (!this.#away) this.#parts.onNote(`Sloop's host is away (${textOf(error)}) The agent goes on.`);
      this.#away = true;
      await this.#keep();
      this.#sendIn(retryMs);
    }
  }

  async #deliverBatch({ operation, input }: SpooledCall): Promise<void> {
    const result = await this.#parts.link.execute(operation, input);
    if (!result.ok) return this.#refused(result.refusal);
    if (operation !== 'agent.observe') return;
    const answer = result.value as { stop: boolean; current: boolean };
    if (!answer.current) await this.#attach();
    else if (answer.stop) this.#parts.onStop();
  }

  /** Tells a host that may have taken the agent for dead that it lives. */
  async #attach(): Promise<void> {
    const { link, agent, sessionNumber, process, onNote, onStop } = this.#parts;
    const ended = this.#queue.some(({ kind }) => kind === 'exited');
    if (ended) return;
    const result = await link.execute('agent.attach', { agent, sessionNumber, ...process });
    if (!result.ok) this.#refused(result.refusal);
    if (this.#away) onNote("Sloop's host is back.");
    this.#away = false;
    if (result.ok && (result.value as { stop: boolean }).stop) onStop();
  }

  /** What says something about the agent is an answer; anything else is a host that cannot listen now. */
  #refused({ code, message }: Refusal): void {
    if (code === 'missing' || code === 'conflict') this.#parts.onReplaced(message);
    else if (code === 'invalid') this.#parts.onNote(`The host does not understand a report: ${message}`);
    else throw new HostAway(message, { sent: true });
  }

  async #keep(): Promise<void> {
    const rest = this.#queue.slice(this.#spooled);
    if (rest.length === 0) return;
    const items: SpooledCall[] = [];
    for (let at = 0; at < rest.length;) {
      const batch = batchAhead(rest.slice(at), this.#parts);
      items.push(batch.item);
      at += batch.count;
    }
    try {
      await appendToSpool(this.#parts.spool, items);
      this.#hasSpool = true;
      this.#spooled += rest.length;
    } catch (error) {
      // It stays in memory and is tried again.
      this.#parts.onNote(`The spool cannot be written: ${textOf(error)}`);
    }
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
