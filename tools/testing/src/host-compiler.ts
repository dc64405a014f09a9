// Runs the host's gcc and g++ on exported files, in a folder of its own that goes away at the end.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const strictFlags = [
  '-Wall',
  '-Wextra',
  '-Werror',
  '-pedantic',
  '-Wshadow',
  '-Wconversion',
  '-Wsign-conversion',
  '-Wundef',
] as const;

const found = ['gcc', 'g++'].every((tool) => spawnSync(tool, ['--version']).status === 0);

/** A `describe` that needs a host compiler: left out aloud without one, failing when WHERRY_REQUIRE_ALL=1. */
export function describeCompiled(name: string, suite: () => void): void {
  if (found || process.env['WHERRY_REQUIRE_ALL'] === '1') {
    describe(name, suite);
    return;
  }
  console.warn(`left out: ${name}: gcc and g++ are not there`);
  describe(name, () => {
    it.todo('left out: gcc and g++ are not there');
  });
}

export interface BuildFolder {
  readonly path: string;
  write(files: ReadonlyMap<string, string | Uint8Array>): void;
  read(file: string): Buffer;
  /** Throws with the compiler's words. */
  compile(source: string, language: 'c11' | 'c++11' | 'c++17' | 'asm', extra?: readonly string[]): string;
  link(objects: readonly string[], output: string): string;
  /** Compiles C99 with the strict flags and others, and links it. */
  build(sourcesAndFlags: readonly string[], output: string): string;
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
    build: (sourcesAndFlags, output) => {
      run('gcc', ['-std=c99', ...strictFlags, '-I.', ...sourcesAndFlags, '-o', output]);
      return output;
    },
    run: (program, input) =>
      execFileSync(join(path, program), { input: input ?? new Uint8Array(), maxBuffer: 1 << 28 }),
    exitCode: (program, args) => spawnSync(join(path, program), args).status,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
