// What can stand at the end of an unfinished command line, told by Commander's own definitions of commands and options.
import type { Argument, Command, Option } from 'commander';
import { valuesOf, type Candidate, type Values, type ValueSources } from './value-kinds.js';

export interface Completion extends Values {
  /** The part of the last word in front of a path: `--out=` or `npy:`. Candidates are whole words. */
  readonly prefix: string;
}

/** How far the words before the last one have come. */
interface Reading {
  readonly command: Command;
  /** Words that are neither options nor their values, nor the command. */
  readonly operands: number;
  /** The option whose value the next word is. */
  readonly pending: Option | undefined;
  readonly onlyOperands: boolean;
  /** Of `--profiles`. */
  readonly profiles: string | undefined;
}

/** `words`: all after the name of the command; the last one is completed and may be empty. */
export async function completeWords(
  program: Command,
  words: readonly string[],
  sources: ValueSources,
): Promise<Completion> {
  const last = words.at(-1) ?? '';
  const reading = read(program, words.slice(0, -1));
  const { command, pending, onlyOperands, profiles } = reading;
  const asked = { commands: () => commandsOf(program), profiles };
  if (pending !== undefined) return within('', last, (text) => valuesOf(pending, text, sources, asked));
  const [, flag, value] = onlyOperands ? [] : (/^(--[a-z][a-z-]*)=(.*)$/s.exec(last) ?? []);
  if (flag !== undefined) {
    const option = optionOf(command, flag);
    if (option?.required !== true) return nothing;
    return within(`${flag}=`, value!, (text) => valuesOf(option, text, sources, asked));
  }
  if (!onlyOperands && last.startsWith('-')) return within('', last, () => ({ candidates: optionsOf(command) }));
  const argument = argumentAt(command, reading.operands);
  return within('', last, async (text) => {
    const values = argument === undefined ? {} : await valuesOf(argument, text, sources, asked);
    const commands = reading.operands === 0 ? commandsOf(command) : [];
    return { ...values, candidates: [...commands, ...(values.candidates ?? [])] };
  });
}

const nothing: Completion = { candidates: [], prefix: '' };

/** Values for the part of the word behind `head`, as whole words; those only that begin as the word does. */
async function within(
  head: string,
  text: string,
  values: (text: string) => Partial<Values> | Promise<Partial<Values>>,
): Promise<Completion> {
  const { candidates = [], paths, behind = '' } = await values(text);
  return {
    candidates: candidates
      .filter(({ value }) => value.startsWith(text))
      .map(({ value, about }) => ({ value: `${head}${value}`, about })),
    ...(paths !== undefined && { paths }),
    prefix: `${head}${behind}`,
  };
}

function read(program: Command, words: readonly string[]): Reading {
  let reading: Reading = {
    command: program,
    operands: 0,
    pending: undefined,
    onlyOperands: false,
    profiles: undefined,
  };
  for (const word of words) reading = { ...reading, ...step(reading, word) };
  return reading;
}

function step({ command, operands, pending, onlyOperands }: Reading, word: string): Partial<Reading> {
  if (pending !== undefined)
    return { pending: undefined, ...(pending.attributeName() === 'profiles' && { profiles: word }) };
  if (!onlyOperands && word === '--') return { onlyOperands: true };
  if (!onlyOperands && /^-./.test(word)) {
    const [flag = '', value] = word.split(/=(.*)/s);
    const option = optionOf(command, flag);
    if (option?.required === true && value === undefined) return { pending: option };
    return option?.attributeName() === 'profiles' ? { profiles: value } : {};
  }
  const named = operands === 0 ? visibleCommands(command).find((each) => each.name() === word) : undefined;
  return named === undefined ? { operands: operands + 1 } : { command: named };
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(({ long, short }) => flag === long || flag === short);
}

function argumentAt({ registeredArguments }: Command, position: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[position] ?? (last?.variadic === true ? last : undefined);
}

function visibleCommands(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}

function commandsOf(command: Command): readonly Candidate[] {
  return visibleCommands(command).map((each) => ({ value: each.name(), about: each.description() }));
}

/** By their long names; a value can follow behind `=` or a space. */
function optionsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (typeof long === 'string' ? [{ value: long, about: description }] : []));
}
