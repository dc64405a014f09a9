// `--out --json`: an option that is given without its value must not take the next option for it.
import { InvalidArgumentError, type Command } from 'commander';

/** For every command and every option with a value; a value that does begin with two dashes is given as `--option=--value`. */
export function refuseSwallowedOptions(program: Command): void {
  for (const command of withCommands(program)) {
    const names = new Set(command.options.flatMap(({ long, short }) => [long, short]));
    for (const option of command.options.filter(({ required }) => required)) {
      const parse = option.parseArg;
      option.argParser((value: string, previous: unknown) => {
        if (names.has(value)) throw new InvalidArgumentError(`It is an option itself; ${option.long} lacks its value.`);
        return parse === undefined ? value : parse(value, previous as never);
      });
    }
  }
}

/** A command and all below it. */
export function withCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}
