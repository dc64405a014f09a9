// `npm run walk-throughs`: follows docs/walk-throughs in an empty folder, and compares what is printed with what they show.
//
//   node tools/walk-throughs/run.mjs [--only NAME] [--write]
//
// Needs `npm run build`. NAME is that of a file, as schemes.md; --write puts what is printed into the Markdown.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runSteps } from './run-steps.mjs';
import { stepsOf } from './steps.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true }, write: { type: 'boolean', default: false } },
});
const docs = fileURLToPath(new URL('../../docs/walk-throughs', import.meta.url));

function follow(name) {
  const markdown = readFileSync(join(docs, name), 'utf8');
  const steps = stepsOf(markdown);
  const folder = mkdtempSync(join(tmpdir(), 'walk-through-'));
  try {
    const printed = runSteps(steps, folder, (words) => process.stdout.write(`  ${words.join(' ')}\n`));
    const differing = steps
      .map(({ shown }, i) => ({ shown, text: printed[i] }))
      .filter(({ shown, text }) => shown !== undefined && shown.text !== text);
    for (const { shown, text } of differing)
      process.stdout.write(`${name} shows\n${shown.text}\nprinted is\n${text}\n`);
    if (!options.write) return differing.length;
    writeFileSync(join(docs, name), withPrinted(markdown, differing));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the end on, so that the places before stay where they are. */
function withPrinted(markdown, differing) {
  return differing
    .toReversed()
    .reduce(
      (all, { shown, text }) => all.slice(0, shown.from) + text + all.slice(shown.from + shown.text.length),
      markdown,
    );
}

const names = readdirSync(docs)
  .filter((name) => name.endsWith('.md') && name !== 'README.md' && (options.only?.includes(name) ?? true))
  .sort();
const differing = names.reduce((sum, name) => {
  process.stdout.write(`${name}\n`);
  return sum + follow(name);
}, 0);
process.exitCode = names.length === 0 || differing > 0 ? 1 : 0;
