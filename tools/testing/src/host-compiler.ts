// Runs the host's gcc and g++ on exported files, in a folder of its own that goes away at the end.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeThere } from './describe-there.js';

export const strictFlags = [
  '-Wall',
  '-Wextra',
  '-Werror',
  '-pedantic',
  '-Wshadow',
  '-Wconversion',
  '-Wsign-conversion',
  '-Wundef',
  '-Wcast-align',
] as const;

/** Compilers that a suite may need, and how to see that they are there. */
const probes = {
  'gcc and g++': () => answer(['gcc', 'g++']),
  clang: () => answer(['clang']),
  'gcc -m32': () => links('gcc', ['-m32']),
  'cmake, ninja and g++': () => answer(['cmake', 'ninja', 'g++']),
  'cmake, ninja and arm-none-eabi-g++': () => answer(['cmake', 'ninja', 'arm-none-eabi-g++']),
} as const;
export type HostCompiler = keyof typeof probes;

/** A `describe` that needs gcc, or another host compiler: left out aloud without it, failing when WHERRY_REQUIRE_ALL=1. */
export function describeCompiled(name: string, suite: () => void, needed: HostCompiler = 'gcc and g++'): void {
  const isThere = process.env['WHERRY_REQUIRE_ALL'] === '1' || probes[needed]();
  describeThere(name, isThere, `${needed} ${needed.includes(' and ') ? 'are' : 'is'} not there`, suite);
}

function answer(tools: readonly string[]): boolean {
  return tools.every((tool) => spawnSync(tool, ['--version']).status === 0);
}

/** Whether there are the libraries for these flags as well. */
function links(compiler: string, flags: readonly string[]): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-c-'));
  const program = '#include <string.h>\nint main(void) { return 0; }\n';
  const options = { cwd: folder, input: program };
  const { status } = spawnSync(compiler, [...flags, '-x', 'c', '-', '-o', 'program'], options);
  rmSync(folder, { recursive: true, force: true });
  return status === 0;
}

export interface BuildFolder {
  readonly path: string;
  write(files: ReadonlyMap<string, string | Uint8Array>): void;
  read(file: string): Buffer;
  /** Throws with the compiler's words. */
  compile(source: string, language: 'c11' | 'c++11' | 'c++17' | 'asm', extra?: readonly string[]): string;
  link(objects: readonly string[], output: string): string;
  /** Compiles C99 with the strict flags and others, and links it. By gcc, where no other one is named. */
  build(sourcesAndFlags: readonly string[], output: string, compiler?: 'gcc' | 'clang'): string;
  run(program: string, input?: Uint8Array): Buffer;
  exitCode(program: string, args: readonly string[]): number | null;
  remove(): void;
}

export function buildFolder(): BuildFolder {
  const path = mkdtempSync(join(tmpdir(), 'wherry-c-'));
  const run = (tool: string, args: readonly string[]): void => {
    const { status, stderr } = spawnSync(tool, args, { cwd: path, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${tool} ${args.join(' ')}\n${stderr}`);
  };
  return {
    path,
    write: (files) =>
      files.forEach((content, name) => {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }),
    read: (file) => readFileSync(join(path, file)),
    compile: (source, language, extra = []) => {
      const object = `${source}.${language}.o`;
      const flags = language === 'asm' ? ['-I.'] : [`-std=${language}`, ...strictFlags];
      run(language.startsWith('c++') ? 'g++' : 'gcc', [...flags, '-I.', ...extra, '-c', source, '-o', object]);
      return object;
    },
    link: (objects, output) => {
      run('g++', [...objects, '-o', output]);
      return output;
    },
    build: (sourcesAndFlags, output, compiler = 'gcc') => {
      run(compiler, ['-std=c99', ...strictFlags, '-I.', ...sourcesAndFlags, '-o', output]);
      return output;
    },
    run: (program, input) =>
      execFileSync(join(path, program), { input: input ?? new Uint8Array(), maxBuffer: 1 << 28 }),
    exitCode: (program, args) => spawnSync(join(path, program), args).status,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
