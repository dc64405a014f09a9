// The agent with a compiled model in it, as the image of an emulated board.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Graph } from '@wherry/graph';
import type { ExpectedDevice } from '@wherry/serial-profiler';
import { agentProgram } from './agent-program.js';
import { check, linkFlags } from './board-program.js';
import type { Board } from './boards.js';

export interface AgentImage {
  readonly expected: ExpectedDevice;
  /** What runs it, its serial line on standard input and output. */
  readonly emulator: { readonly program: string; readonly parameters: readonly string[] };
  remove(): void;
}

/** Throws with the words of the compiler. */
export function agentImage(board: Board, graph: Graph, port: string): AgentImage {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-agent-'));
  const { files, sources, flags, expected } = agentProgram(graph, port, board.simd);
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const firmware = join(import.meta.dirname, 'firmware');
  const compile = (file: string, more: readonly string[]): string => {
    const object = join(folder, `${file.replaceAll('/', '-')}.o`);
    check(board.compiler, [
      ...board.flags,
      '-std=c11',
      '-O2',
      '-ffunction-sections',
      ...more,
      '-c',
      file,
      '-o',
      object,
    ]);
    return object;
  };
  const own = flags.map((flag) => (flag === '-I.' ? `-I${folder}` : flag));
  const objects = sources.map((source) => compile(join(folder, source), own));
  const elf = join(folder, 'agent.elf');
  const start = compile(join(firmware, board.start), [`-I${firmware}`]);
  check(board.compiler, [start, ...objects, ...linkFlags(board), '-o', elf]);
  // Without -icount a counter of instructions is noise, and with it a clock does not run with the host's.
  const machine =
    port === 'mps2' ? board.emulatorFlags.slice(0, 2) : board.emulatorFlags.filter((flag) => flag !== '-nographic');
  const line = ['-display', 'none', '-monitor', 'none', '-serial', 'stdio'];
  return {
    expected,
    emulator: { program: board.emulator, parameters: [...machine, ...line, '-kernel', elf] },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
