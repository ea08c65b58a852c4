// Pictures of the loop view in every state, to be looked at:
// node --import ./test/support/register.mjs test/ui/loop/look.ts OUT [BUNDLE]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createLoopWorld, type LoopPageOptions } from './loopWorld.ts';
import { scenarios } from './scenarios.ts';

const [, , out = 'out/loop', bundle] = process.argv;
const themes = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast' } as const;
mkdirSync(out, { recursive: true });
const world = await createLoopWorld(bundle);

async function picture(name: keyof typeof scenarios, look: string, options: LoopPageOptions): Promise<void> {
  const { page, faults } = await world.open(scenarios[name], options);
  await page.locator('sloop-loop :is(h1, [role=alert])').first().waitFor();
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(out, `${name}-${look}.png`) });
  if (faults.length > 0) console.log(name, look, faults);
  await page.close();
}

for (const name of Object.keys(scenarios) as (keyof typeof scenarios)[]) {
  for (const [look, theme] of Object.entries(themes)) await picture(name, look, { theme });
  await picture(name, 'narrow', { width: 480, height: 960 });
}
await world.dispose();
