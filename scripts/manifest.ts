// `npm run manifest`: writes package.json's `contributes` from the extension's areas.
import { readFileSync, writeFileSync } from 'node:fs';
import { manifestContributions } from '../src/vscode/manifest.ts';

const file = 'package.json';
const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
writeFileSync(file, `${JSON.stringify({ ...manifest, contributes: manifestContributions() }, null, 2)}\n`);
