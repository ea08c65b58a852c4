import type { Client } from '../../operations/client.ts';
import type { Choice, Prompter } from './prompter.ts';

/** A button below a message: it runs a command of the editor. */
export interface Button {
  readonly title: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** What operations by hand need of the window. The editor has one (`editorDesk.ts`), tests play another. */
export interface Desk {
  readonly client: Client;
  /** Asks a row of questions, under a title that stands there from the beginning. */
  ask<T>(title: string, job: (prompter: Prompter) => Promise<T>): Promise<T>;
  /** Folders that are open. */
  folders(): readonly string[];
  /** Texts that could become an artifact's content: what is selected, the open file. */
  texts(): readonly Choice[];
  /** Whether there is no host to ask, and the person must see to it. */
  hasNoHost(): boolean;
  runCommand(command: string, ...args: readonly unknown[]): Promise<void>;
  /** Tells it in passing: one line. */
  sayDone(line: string): void;
  /** Says why something was not done, and offers what can be done instead. */
  say(level: 'error' | 'information', message: string, buttons: readonly Button[]): void;
  /** Stops everything else until it is answered. */
  confirm(question: string, detail: string, verb: string): Promise<boolean>;
  /** What the person answered to an operation's questions the last time. */
  recall(operation: string): Readonly<Record<string, unknown>>;
  remember(operation: string, answers: Readonly<Record<string, unknown>>): void;
  /** Shows a read-only document. */
  showDocument(name: string, text: string): Promise<void>;
}
