import type { Command } from './commandTable.ts';
import { UsageError } from './exitCodes.ts';
import type { OwnCommand } from './ownCommand.ts';
import { commonFlags } from './parseArguments.ts';

/** What may follow some words: the next words, or the command's flags. */
interface Choices {
  readonly after: string;
  readonly next: readonly string[];
}

/** A script for the shell to source. It holds all words itself: completing starts no process. */
export function completionScript(
  shell: string | undefined,
  commands: readonly Command[],
  own: readonly OwnCommand[],
): string {
  const choices = choicesOf(commands, own);
  switch (shell) {
    case 'bash':
      return bash(choices);
    case 'zsh':
      return `#compdef sloop\nautoload -U +X bashcompinit && bashcompinit\n${bash(choices)}`;
    case 'fish':
      return fish(choices);
    default:
      throw new UsageError(
        shell === undefined ? 'sloop completion needs a shell.' : `There is no completion for ${shell}.`,
        'It is one of: bash, zsh, fish.',
      );
  }
}

function choicesOf(commands: readonly Command[], own: readonly OwnCommand[]): readonly Choices[] {
  const shown = own.filter(({ hidden }) => hidden !== true).map(({ name }) => name.split(' '));
  const all = [...commands.map(({ words }) => words), ...shown];
  const first = [...new Set(all.map(([word]) => word ?? ''))].sort();
  const verbs = first.flatMap((word): Choices[] => {
    const next = all.filter((words) => words[0] === word && words.length > 1).map((words) => words[1] ?? '');
    return next.length === 0 ? [] : [{ after: word, next }];
  });
  const flags = commands.map(({ words, fields }) => ({
    after: words.join(' '),
    next: [...fields.map(({ flag }) => flag), ...commonFlags.map(({ flag }) => flag)].map(
      (flag) => `--${flag}`,
    ),
  }));
  return [{ after: '', next: [...first, 'help'] }, ...verbs, ...flags];
}

const bash = (choices: readonly Choices[]): string => `_sloop() {
  local words="\${COMP_WORDS[*]:1:COMP_CWORD-1}" current="\${COMP_WORDS[COMP_CWORD]}" next=""
  case "$words" in
${choices
  .filter(({ after }) => !after.includes(' '))
  .map(({ after, next }) => `    "${after}") next="${next.join(' ')}" ;;`)
  .join('\n')}
${choices
  .filter(({ after }) => after.includes(' '))
  .map(({ after, next }) => `    "${after}"*) next="${next.join(' ')}" ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "$current"))
}
complete -o default -F _sloop sloop
`;

const fish = (choices: readonly Choices[]): string =>
  [
    'function __sloop_words; string join " " (commandline -opc)[2..]; end',
    'complete -c sloop -f',
    ...choices.map(({ after, next }) =>
      after.includes(' ')
        ? `complete -c sloop -n 'string match -q -- "${after}*" (__sloop_words)' -a '${next.join(' ')}'`
        : `complete -c sloop -n 'test (__sloop_words) = "${after}"' -a '${next.join(' ')}'`,
    ),
    '',
  ].join('\n');
