import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const textFile = /\.(md|sql|txt)$/;

export async function load(url, context, nextLoad) {
  if (!textFile.test(new URL(url, 'file:///').pathname)) return nextLoad(url, context);
  const text = await readFile(fileURLToPath(url), 'utf8');
  return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)};` };
}
