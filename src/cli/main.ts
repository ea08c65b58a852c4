import { commands, version } from 'sloop:operation-table';
import { processTerminal } from './processTerminal.ts';
import { runCli } from './runCli.ts';

// `sloop … | head` closes our output early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void runCli({ version, commands }, processTerminal(), process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
