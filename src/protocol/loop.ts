import type { OperationId, OutputOf } from '../operations/client.ts';
import type { ViewCalls, ViewHostCalls } from './view.ts';

/** What the loop view may call. */
export const loopOperations = [
  'loop.show',
  'loop.pause',
  'loop.resume',
  'loop.stop',
  'loop.approve',
  'agent.show',
  'agent.log',
  'agent.stop',
  'agent.list',
  'artifact.show',
  'artifact.versions',
  'event.list',
  'message.send',
] as const satisfies readonly OperationId[];
export type { Result } from '../base/result.ts';
export type LoopOperation = (typeof loopOperations)[number];

export type ShownLoop = OutputOf<'loop.show'>;
export type ShownRound = ShownLoop['rounds'][number];
export type ShownStage = ShownRound['stages'][number];
export type ShownFinding = ShownStage['findings'][number];
export type ShownAgent = OutputOf<'agent.show'>;
export type ShownArtifact = OutputOf<'artifact.show'>;
export type LogLine = OutputOf<'agent.log'>['items'][number];

export interface LoopSubject {
  readonly loop: string;
}

export type LoopHostCalls = ViewHostCalls<LoopOperation, LoopSubject> & {
  /** Opens the review of an artifact, at its newest version where none is named. */
  openArtifact(what: { readonly artifact: string; readonly version: number | null }): void;
  /** Opens the agent's own panel. */
  openAgent(what: { readonly agent: string }): void;
  openLog(what: { readonly agent: string }): void;
  /** Opens the whole first prompt of an agent, to read. */
  openPrompt(what: { readonly agent: string }): void;
  showTerminal(what: { readonly agent: string }): void;
  openFile(what: { readonly file: string; readonly line: number | null }): void;
  /** Asks the person in the editor's own dialog before the loop is stopped or approved; true when they say yes. */
  confirm(what: {
    readonly message: string;
    readonly detail: string;
    readonly action: string;
  }): Promise<boolean>;
};

export type LoopCalls = ViewCalls;
