// Reads a walk-through: which commands its Markdown gives, and what it shows of their output.

/**
 * @typedef {object} Shown what a block of text holds
 * @property {string} text without the line feed at its end
 * @property {readonly string[] | undefined} only the parts of the output that are shown; undefined: all of it
 * @property {number} from place of the text in the Markdown
 *
 * @typedef {object} Step
 * @property {readonly (readonly string[])[]} commands each in its words
 * @property {number} line of the Markdown, from 1
 * @property {Shown | undefined} shown what the commands print
 */

const fence = /^```(\S+)(?: only=(\S+))?\n([^]*?)^```$/gm;

/** A block `sh` holds commands; the next block `text` shows what they print. @returns {readonly Step[]} */
export function stepsOf(markdown) {
  const steps = [];
  for (const { 0: whole, 1: language, 2: only, 3: text, index } of markdown.matchAll(fence)) {
    const line = markdown.slice(0, index).split('\n').length;
    if (language === 'sh') steps.push({ commands: commandsOf(text, line), line, shown: undefined });
    if (language !== 'text') continue;
    const step = steps.at(-1);
    if (step === undefined || step.shown !== undefined)
      throw new Error(`line ${line}: a block of text follows no command, which is what prints it`);
    const from = index + whole.indexOf('\n') + 1;
    step.shown = { text: text.trimEnd(), only: only?.split(','), from };
  }
  return steps;
}

/** One command a line, or as many lines as end in a backslash. What only a shell could understand is refused. */
function commandsOf(text, line) {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((command) => command.trim() !== '')
    .map((command) => {
      if (/[|&;<>$*?"'`~#\\]/.test(command))
        throw new Error(`line ${line}: no shell runs this, write it plainly: ${command}`);
      return command.trim().split(/\s+/);
    });
}
