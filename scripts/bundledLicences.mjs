// Who wrote what our bundles contain: the build writes dist/LICENSES.txt from it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The licence of every package that a build took something from, as one text.
 * @param metafiles what esbuild says of its builds
 */
export function bundledLicences(metafiles) {
  const folders = new Set(
    metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => packagesIn(output.inputs))),
  );
  const texts = [...folders].map(licenceOf).sort((a, b) => a.title.localeCompare(b.title));
  const same = new Map();
  for (const { title, text } of texts) same.set(text, [...(same.get(text) ?? []), title]);
  const parts = [...same].map(([text, titles]) => `${[...new Set(titles)].join('\n')}\n\n${text.trim()}\n`);
  return ['Sloop contains the following packages.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

/** Folders of the packages that something of was kept; what tree shaking dropped is not ours to name. */
const packagesIn = (inputs) =>
  Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([file]) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);

function licenceOf(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const title = `${manifest.name} ${manifest.version} (${nameOf(manifest.license)})`;
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  const text = files.map((name) => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n');
  if (text !== '') return { title, text };
  const author = typeof manifest.author === 'object' ? manifest.author.name : manifest.author;
  const home = manifest.homepage ?? manifest.repository?.url ?? '';
  if (manifest.license === undefined) throw new Error(`${manifest.name} names no licence.`);
  return { title, text: `Licence: ${nameOf(manifest.license)}. ${author ?? ''} ${home}`.trim() };
}

const nameOf = (licence) => (typeof licence === 'object' ? licence.type : licence) ?? 'no licence named';

/** Packages whose files are copied into the bundles' folder as they are. */
export const copiedPackages = (names) =>
  names.map((name) => ({
    outputs: { copied: { inputs: { [`node_modules/${name}/file`]: { bytesInOutput: 1 } } } },
  }));

if (!existsSync('package.json')) throw new Error('The build runs in the project’s root.');
