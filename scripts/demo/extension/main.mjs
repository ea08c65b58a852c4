// One click for the demo: starts the loop as the palette would, with all questions answered.
import { commands } from 'vscode';

export function activate({ subscriptions }) {
  const answers = {
    definition: 'harness',
    goal: process.env.SLOOP_DEMO_GOAL,
    parameters: [],
    provider: 'script',
    script: process.env.SLOOP_DEMO_SCRIPT,
  };
  subscriptions.push(
    commands.registerCommand('sloopDemo.start', () => commands.executeCommand('sloop.loop.start', answers)),
  );
}
