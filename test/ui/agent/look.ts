// Pictures of the agent panel in every state, to be looked at:
// node --import ./test/support/register.mjs test/ui/agent/look.ts OUT [BUNDLE]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createPanelWorld, type PanelPageOptions } from './panelWorld.ts';
import { scenarios } from './scenarios.ts';

const [, , out = 'out/agent', bundle, only] = process.argv;
const themes = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast' } as const;
mkdirSync(out, { recursive: true });
const world = await createPanelWorld(bundle);

async function picture(name: keyof typeof scenarios, look: string, options: PanelPageOptions): Promise<void> {
  const { page, faults } = await world.open(scenarios[name], options);
  await page.locator('sloop-agent h1').first().waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(out, `${name}-${look}.png`) });
  if (faults.length > 0) console.log(name, look, faults);
  await page.close();
}

for (const name of Object.keys(scenarios) as (keyof typeof scenarios)[]) {
  if (only !== undefined && only !== name) continue;
  for (const [look, theme] of Object.entries(themes)) await picture(name, look, { theme });
  await picture(name, 'narrow', { width: 480, height: 960 });
}
await world.dispose();
