import type { Observation } from '../../agents/providers/observation.ts';

/** Shows an agent's stream to a person who watches its terminal. */
export interface Display {
  show(observation: Observation): void;
  note(text: string): void;
}

export function createDisplay(out: (text: string) => void, colour: boolean): Display {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const line = (text: string) => out(`${text}\n`);
  return {
    show(observation) {
      switch (observation.kind) {
        case 'said':
          return line(observation.text);
        case 'used':
          return line(paint('2', `· ${[observation.tool, observation.summary].filter(Boolean).join(' ')}`));
        case 'denied':
          return line(paint('33', `! ${observation.tool} was denied: ${observation.reason}`));
        case 'retrying':
          return line(paint('2', `… trying again: ${observation.reason}`));
        case 'failed':
          return line(paint('31', `! ${observation.reason}`));
        // The last message was shown when it was said.
        case 'ended':
        case 'session':
        case 'usage':
        case 'unknown':
          return;
      }
    },
    note: (text) => line(paint('36', `sloop: ${text}`)),
  };
}
