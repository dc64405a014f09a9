// `compile-kernels.mjs FOLDER FILE`: compiles FOLDER/kernels (AssemblyScript) into the source file FOLDER/FILE. `npm run generate` calls it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const [folder, file] = process.argv.slice(2);
const written = new Map();
const { error, stderr } = await asc.main(
  [
    'kernels/index.ts',
    '--outFile',
    'kernels.wasm',
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--importMemory',
    // Vectors pass between functions of the module only.
    '--disableWarning',
    '112',
  ],
  {
    readFile: (name) => {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => written.set(name, contents),
    listFiles: () => [],
  },
);
if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`);

const base64 = Buffer.from(written.get('kernels.wasm')).toString('base64');
const lines = base64.match(/.{1,120}/g).map((line) => `  '${line}',`);
writeFileSync(
  join(folder, file),
  [
    '// The kernels as WebAssembly, compiled from kernels/ by `npm run generate`; not to be edited.',
    'const base64 = [',
    ...lines,
    "].join('');",
    '',
    'export function kernelsBinary(): Uint8Array {',
    '  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));',
    '}',
    '',
  ].join('\n'),
);
