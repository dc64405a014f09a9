// `deploy completion SHELL`: the script for a shell, and with words what can stand at their end, which the script asks.
import { Argument, Command } from 'commander';
import { completeWords } from '../completion/complete-words.js';
import { completionScript, shells, type Shell } from '../completion/scripts.js';
import { unquote } from '../completion/unquote.js';
import { valueSources } from '../completion/value-sources.js';
import { print } from '../terminal/print.js';

/** `program` gives the whole command line, which is complete once this command is part of it. */
export function completionCommand(program: () => Command): Command {
  return new Command('completion')
    .description('print the script that completes this command in a shell')
    .usage('bash|zsh|fish')
    .addArgument(new Argument('<shell>', 'whose script it is').choices(shells))
    .addArgument(new Argument('[words...]', 'asked by the script: what can stand at their end').argOptional())
    .action(async (shell: Shell, words: readonly string[]) => {
      if (words.length === 0) {
        await print({}, {}, () => completionScript(shell, [process.execPath, process.argv[1]!]));
        return;
      }
      const said = shell === 'bash' ? words.map(unquote) : words;
      const { candidates, paths = 'none', prefix } = await completeWords(program(), said, valueSources);
      const lines = candidates.map(({ value, about }) => `${value}\t${about.replace(/\s+/g, ' ')}`);
      await print({}, {}, () => [`${paths}\t${prefix}`, ...lines].join('\n'));
    });
}
