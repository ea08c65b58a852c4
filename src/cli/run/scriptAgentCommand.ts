import { text } from 'node:stream/consumers';
import { runScriptAgent } from '../../agents/script/scriptAgent.ts';
import { UsageError } from '../exitCodes.ts';
import type { HeavyCommand } from '../heavyCommand.ts';
import { sloopCommand } from './sloopCommand.ts';

/** `sloop script-agent FILE`: the process of a scripted agent, started by `sloop run`. */
export const scriptAgentCommand: HeavyCommand = async (terminal, words) => {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0)
    throw new UsageError('sloop script-agent takes one file.', 'It is started by sloop run.');
  const code = await runScriptAgent({
    file,
    prompt: process.stdin.isTTY === true ? '' : await text(process.stdin),
    folder: terminal.cwd,
    environment: process.env,
    sloop: sloopCommand(),
    emit: (event) => terminal.out(`${JSON.stringify(event)}\n`),
    crash: (signal) => process.kill(process.pid, signal),
  });
  return code;
};
