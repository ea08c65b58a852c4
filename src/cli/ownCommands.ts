import { completionScript } from './completion.ts';
import { exitCodes, UsageError } from './exitCodes.ts';
import { hookCommand } from './hook/hookCommand.ts';
import type { OwnCommand } from './ownCommand.ts';
import { showStatus } from './status.ts';

/** Those without `run` are found in `heavyCommands.ts` under their name. */
export const ownCommands: readonly OwnCommand[] = [
  {
    name: 'serve',
    about: 'Be the host of a workspace, without an editor',
    usage: 'sloop serve [--workspace DIR] [--store DIR] [--wait] [--json]',
  },
  {
    name: 'status',
    about: 'Say whether a host runs here, and where',
    usage: 'sloop status [--json]',
    run: showStatus,
  },
  {
    name: 'watch',
    about: 'Follow what changes, as it happens',
    usage: 'sloop watch [--since SEQUENCE] [--noun NOUN] [--json]',
  },
  {
    name: 'artifact diff',
    about: 'Show what changed between two versions of an artifact',
    usage: 'sloop artifact diff ARTIFACT [--from VERSION] [--to VERSION]',
  },
  {
    name: 'proposal diff',
    about: 'Show what a proposal would change',
    usage: 'sloop proposal diff PROPOSAL',
  },
  {
    name: 'account add',
    about: 'Add an account of a provider; asks for its credential, or reads it from standard input',
    usage: 'sloop account add PROVIDER --label LABEL [--kind environment|folder|own] [--variable NAME …]',
  },
  { name: 'mcp', about: 'Speak MCP on standard input and output, for agents', usage: 'sloop mcp' },
  { name: 'run', about: 'Run a started agent in this terminal', usage: 'sloop run NAME', hidden: true },
  { name: 'script-agent', about: 'Play a scripted agent', usage: 'sloop script-agent FILE', hidden: true },
  {
    name: 'hook',
    about: 'Take a hook call of an agent’s CLI',
    usage: 'sloop hook PROVIDER [EVENT]',
    hidden: true,
    run: (terminal, words) => hookCommand(terminal, words),
  },
  {
    name: 'completion',
    about: 'Print shell completion: bash, zsh or fish',
    usage: 'sloop completion bash|zsh|fish',
    run(terminal, [shell], table) {
      terminal.out(completionScript(shell, table.commands, ownCommands));
      return exitCodes.done;
    },
  },
  {
    name: 'version',
    about: 'Print the version',
    usage: 'sloop version',
    run(terminal, words, { version }) {
      if (words.length > 0) throw new UsageError('sloop version takes nothing.', 'See: sloop help');
      terminal.out(`${version}\n`);
      return exitCodes.done;
    },
  },
];

/** One word for what people and agents do most. */
export const shortcuts: Readonly<Record<string, string>> = {
  ask: 'message.ask',
  answer: 'message.answer',
  listen: 'message.listen',
  inbox: 'message.inbox',
};
