import { open, readFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { jsonLine } from '../../agents/providers/jsonLine.ts';
import type { Observation } from '../../agents/providers/observation.ts';
import type { TranscriptParser } from '../../agents/providers/transcripts/transcriptParser.ts';
import { transcriptNote } from '../hook/transcriptNote.ts';
import { LineSplitter } from './lines.ts';

export interface TailParts {
  /** The agent's private folder, in which a hook writes the path of the file to read. */
  readonly folder: string;
  readonly parser: TranscriptParser;
  /** When this process of the agent began: what a resumed session did before was told then. */
  readonly since: Date;
  /** What one line shows; none for a line that is a sign of life and no more. */
  readonly onLine: (observations: readonly Observation[]) => void;
  /** Called once, however often it cannot be read. */
  readonly onFault: (error: unknown) => void;
}

const lookEveryMs = 2000;
const chunkSize = 256 * 1024;

/** Reads along in the file in which an agent's CLI keeps its session, until it is ended. */
export class TranscriptTail {
  readonly #parts: TailParts;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #file: string | undefined;
  #offset = 0;
  #failed = false;
  #lines: LineSplitter;

  constructor(parts: TailParts) {
    this.#parts = parts;
    this.#lines = this.#splitter();
    this.#lookSoon();
  }

  /** Reads what is left, and looks no more. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#looking;
    clearTimeout(this.#timer);
    await this.#look();
  }

  #lookSoon(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#lookSoon());
    }, lookEveryMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      const file = await this.#namedFile();
      if (file === undefined) return;
      // A cleared or resumed session goes on in another file.
      if (file !== this.#file) {
        this.#file = file;
        this.#offset = 0;
        this.#lines = this.#splitter();
      }
      await this.#readOn(file);
    } catch (error) {
      // The agent's work does not depend on it.
      if (!this.#failed) this.#parts.onFault(error);
      this.#failed = true;
    }
  }

  async #namedFile(): Promise<string | undefined> {
    return readFile(path.join(this.#parts.folder, transcriptNote), 'utf8').catch(ifAbsent);
  }

  async #readOn(file: string): Promise<void> {
    const handle: FileHandle | undefined = await open(file, 'r').catch(ifAbsent);
    if (handle === undefined) return;
    try {
      const chunk = Buffer.alloc(chunkSize);
      for (;;) {
        const { bytesRead } = await handle.read(chunk, 0, chunkSize, this.#offset);
        if (bytesRead === 0) return;
        this.#offset += bytesRead;
        this.#lines.push(Buffer.from(chunk.subarray(0, bytesRead)));
      }
    } finally {
      await handle.close();
    }
  }

  #splitter(): LineSplitter {
    const { parser, since, onLine } = this.#parts;
    return new LineSplitter((line) => {
      const time = jsonLine(line)?.['timestamp'];
      // What has no time is told beside what has one.
      if (typeof time !== 'string' || new Date(time) < since) return;
      onLine(parser.push(line));
    });
  }
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
