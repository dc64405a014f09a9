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
import { follow } from './follow.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true }, write: { type: 'boolean', default: false } },
});
const docs = fileURLToPath(new URL('../../docs/walk-throughs', import.meta.url));

function followFile(name) {
  const markdown = readFileSync(join(docs, name), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'walk-through-'));
  try {
    const { differing, asPrinted } = follow(markdown, folder, (words) =>
      process.stdout.write(`  ${words.join(' ')}\n`),
    );
    for (const { shown, printed } of differing)
      process.stdout.write(`${name} shows\n${shown}\nprinted is\n${printed}\n`);
    if (!options.write) return differing.length;
    writeFileSync(join(docs, name), asPrinted);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const names = readdirSync(docs)
  .filter((name) => name.endsWith('.md') && name !== 'README.md' && (options.only?.includes(name) ?? true))
  .sort();
const differing = names.reduce((sum, name) => {
  process.stdout.write(`${name}\n`);
  return sum + followFile(name);
}, 0);
process.exitCode = names.length === 0 || differing > 0 ? 1 : 0;
