import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { benchFolder, removeLeftovers } from './dataSet.ts';
import { groups } from './groups.ts';
import { printTable } from './printTable.ts';
import { verdictOf, type Row } from './row.ts';

const asked = process.argv.slice(2);
const chosen = groups.filter(({ name }) => asked.length === 0 || asked.includes(name));
const unknown = asked.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no group ${unknown.join(', ')}.\nThere are: ${groups.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(1);
}

removeLeftovers();
const measured: { group: string; rows: readonly Row[] }[] = [];
const file = path.join(path.dirname(benchFolder), 'bench.json');
mkdirSync(path.dirname(file), { recursive: true });
for (const { name, about, run } of chosen) {
  process.stderr.write(`» ${name}: ${about}\n`);
  measured.push({ group: name, rows: await run() });
  // After each group: a run that is broken off keeps what it has.
  writeFileSync(file, `${JSON.stringify(report(), null, 2)}\n`);
}
printTable(measured, process.stdout);
const { rows } = report();
const missed = rows.filter(({ verdict }) => verdict === 'MISSED').length;
process.stdout.write(`${rows.length} rows, ${missed} over their bar. Whole in ${path.relative('.', file)}\n`);
// Servers and workers of the groups are closed by now; what a library left open must not keep us.
process.exit(0);

function report() {
  return {
    measuredAt: new Date().toISOString(),
    machine: {
      node: process.version,
      system: `${os.type()} ${os.release()}`,
      processor: os.cpus()[0]?.model ?? '',
      cores: os.cpus().length,
    },
    rows: measured.flatMap(({ group, rows }) =>
      rows.map((row) => ({ group, ...row, verdict: verdictOf(row) })),
    ),
  };
}
