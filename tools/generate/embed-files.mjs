// `embed-files.mjs FOLDER FILE NAME [all]`: puts the sources below FOLDER, or all files, into the module FILE as the record NAME. `npm run generate` calls it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [folder, file, name, which] = process.argv.slice(2);
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .filter((path) => which === 'all' || /\.(?:c|cc|cpp|h|ld)$/.test(path))
  .sort();

const entries = paths.map((path) => {
  const text = readFileSync(join(folder, path), 'utf8');
  return `  '${path}': \`${text.replace(/[\\`]|\$\{/g, '\\$&')}\`,`;
});

writeFileSync(
  file,
  [
    `// The files of ${folder}, put here by \`npm run generate\`; not to be edited.`,
    '/* eslint max-lines: off */',
    '',
    '/** By path. */',
    `export const ${name}: { readonly [path: string]: string } = {`,
    ...entries,
    '};',
    '',
  ].join('\n'),
);
