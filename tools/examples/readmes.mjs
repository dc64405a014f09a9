// `node tools/examples/readmes.mjs [NAME ...]`: puts into the READMEs of apps/examples what their commands print now.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from '../walk-throughs/follow.mjs';
import { copiedExample } from './copied-example.mjs';
import { exampleFolder } from './example-folder.mjs';
import { examples } from './examples.mjs';

const asked = process.argv.slice(2);
for (const { name } of examples) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const readme = join(exampleFolder(name), 'README.md');
  const folder = copiedExample(name);
  try {
    const told = (words) => process.stdout.write(`  ${words.join(' ')}\n`);
    process.stdout.write(`${name}\n`);
    writeFileSync(readme, follow(readFileSync(readme, 'utf8'), folder.path, told).asPrinted);
  } finally {
    folder.remove();
  }
}
