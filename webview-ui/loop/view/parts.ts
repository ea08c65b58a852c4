import { html, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import type { Move, MoveName } from '../model/moves.ts';
import type { CellKey } from '../model/snapshot.ts';

/** What a person can do in the view; templates call nothing else. */
export interface LoopActions {
  move(name: MoveName): void;
  openArtifact(artifact: string, version: number | null): void;
  openAgent(agent: string): void;
  openLog(agent: string): void;
  openPrompt(agent: string): void;
  showTerminal(agent: string): void;
  openFile(file: string, line: number | null): void;
  stopAgent(agent: string): void;
  choose(key: CellKey): void;
  onGridKey(event: KeyboardEvent): void;
  toggleRound(round: number): void;
  showStory(story: boolean): void;
  showEarlier(): void;
  toggleGoal(): void;
  toggleMenu(): void;
  compose(agent: string | null): void;
  draft(agent: string, text: string): void;
  send(agent: string): void;
  retry(): void;
  dismissNotice(): void;
}

/** What a button of a move says. */
export const moveLooks = {
  pause: { icon: 'debug-pause', label: 'Pause', hint: 'Starts no further stage; the agent at work finishes' },
  resume: { icon: 'debug-continue', label: 'Resume', hint: 'Lets the loop go on' },
  stop: { icon: 'debug-stop', label: 'Stop', hint: 'Ends the loop for good' },
  approve: { icon: 'check', label: 'Approve myself', hint: 'Takes the work as it is' },
  oneMoreRound: { icon: 'add', label: 'One more round', hint: 'Lifts the limit by 1' },
} as const satisfies Record<MoveName, { icon: string; label: string; hint: string }>;

/**
 * A button that is off stays in the tab order and says why. States are set as properties: of attributes the toolkit's
 * button hands on only the label to the button inside of it, which is the one that screen readers know.
 */
export function moveButton(
  name: MoveName,
  move: Move,
  actions: LoopActions,
  isPrimary = false,
): TemplateResult {
  const look = moveLooks[name];
  return html`<vscode-button
    appearance=${isPrimary ? 'primary' : 'secondary'}
    .ariaDisabled=${move.allowed ? 'false' : 'true'}
    title=${move.allowed ? look.hint : move.why}
    @click=${() => actions.move(name)}
    >${icon(look.icon)}${look.label}</vscode-button
  >`;
}
