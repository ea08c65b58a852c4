import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { openEditorWorld } from './editorWorld.ts';
import { tour } from './tour.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Opens a real VS Code with Sloop on the demo repository; with --tour it drives the whole way itself. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { tour: { type: 'boolean', default: false } } });
  const world = await openEditorWorld();
  try {
    if (values.tour) return await tour(world, say);
    say(`Open ${world.vscode.url}`);
    say(
      'In the Sloop side bar, press "Start the demo"; the plan then waits for your review. Ctrl+C ends all of it.',
    );
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await world.close();
  }
}

await main();
