// `embed-sources.mjs FOLDER FILE`: puts the C files of FOLDER/kernels into the source file FOLDER/FILE. `npm run generate` calls it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const [folder, file] = process.argv.slice(2);
const names = readdirSync(join(folder, 'kernels'), { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.h'))
  .sort();

function entryOf(name) {
  const text = readFileSync(join(folder, 'kernels', name), 'utf8');
  const included = (pattern, named = (other) => other) =>
    [...text.matchAll(pattern)].map(([, other]) => `'${named(other)}'`).join(', ');
  const source = text.replace(/^#include .*\n/gm, '').trim();
  return [
    `  '${name}': {`,
    `    needs: [${included(/^#include "(.*)"$/gm, (other) => posix.join(posix.dirname(name), other))}],`,
    `    headers: [${included(/^#include <(.*)>$/gm)}],`,
    `    source: c\`${source.replace(/[\\`]|\$\{/g, '\\$&')}\`,`,
    '  },',
  ];
}

writeFileSync(
  join(folder, file),
  [
    '// The files of kernels/, put here by `npm run generate`; not to be edited.',
    '/* eslint max-lines: off */',
    "import { c, type CFragment } from '@wherry/c-source';",
    '',
    '/** One file of C: the others and the headers of the language that it needs, and the rest of it. */',
    'export interface KernelSource {',
    '  readonly needs: readonly string[];',
    '  readonly headers: readonly string[];',
    '  readonly source: CFragment;',
    '}',
    '',
    '/** By variant and file. */',
    'export const kernelSources: { readonly [path: string]: KernelSource } = {',
    ...names.flatMap(entryOf),
    '};',
    '',
  ].join('\n'),
);
