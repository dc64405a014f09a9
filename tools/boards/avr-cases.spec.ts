// Compiled operators on an 8-bit AVR, where an int has 16 bits and constants lie in RAM: the answers are those of the reference.
import { spawnSync } from 'node:child_process';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { byteLength, elementCount, evaluate, freshStates, tensorAt, type Graph, type TensorData } from '@wherry/graph';
import { bytesOf } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { joinedGraph } from '../../packages/c-compiler/src/testing/joined-graph.js';
import { buildFolder, type BuildFolder } from '../testing/src/index.js';
import { casesOfKernels, extremesOf, type AvrCase } from './avr-cases.js';

/** With 16 KiB of RAM, the most that the emulator knows. */
const chip = 'atmega1284p';
/** Of RAM that a program's model may take, of which the stack needs some, and of cases, whose code has to fit the flash. */
const most = { bytes: 10_000, cases: 14 };

/** Whatever it answers: simavr has no option that succeeds without a program. */
const hasTools = ['avr-gcc', 'simavr'].every((tool) => spawnSync(tool, ['--help']).error === undefined);
if (!hasTools) console.warn('left out: compiled operators on AVR: avr-gcc or simavr is not there');

const sizeOf = (graph: Graph, id: number): number => {
  const { dtype, shape } = tensorAt(graph, id);
  return byteLength(dtype, elementCount(shape));
};

/** Writes what the model answers in each run as hexadecimal numbers to the serial line, and stops the clock. */
function program(graph: Graph, runs: readonly (readonly TensorData[])[]): string {
  const inputs = runs.flatMap((feeds, run) =>
    feeds.map(
      (feed, at) =>
        `static const unsigned char input_${run}_${at}[] PROGMEM = { ${[...bytesOf(feed), 0].join(', ')} };`,
    ),
  );
  const perform = (run: number): string => {
    const sets = graph.inputs.map(
      (id, at) => `  memcpy_P(g_model_input_${at}(), input_${run}_${at}, ${sizeOf(graph, id)});`,
    );
    const writes = graph.outputs.map(
      (id, at) => `  put((const unsigned char *)g_model_output_${at}(), ${sizeOf(graph, id)});`,
    );
    return [...sets, '  g_model_run();', ...writes].join('\n');
  };
  return `#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <avr/sleep.h>
#include "model.h"
${inputs.join('\n')}
static void send(char c) {
  while (!(UCSR0A & (1 << UDRE0))) {}
  UDR0 = (unsigned char)c;
}
static void put(const unsigned char *bytes, unsigned int count) {
  while (count-- > 0) {
    send("0123456789abcdef"[*bytes >> 4]);
    send("0123456789abcdef"[*bytes++ & 15]);
    if (count % 32 == 0) send('\\n');
  }
}
int main(void) {
  UCSR0B = 1 << TXEN0;
  send('<');
${runs.map((_, run) => perform(run)).join('\n')}
  send('>');
  send('\\n');
  cli();
  sleep_mode();
  return 0;
}
`;
}

/** All that the tool says: the emulator gives the serial line among its errors. */
const run = (folder: BuildFolder, tool: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(tool, args, { cwd: folder.path, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}\n${stderr}${stdout}`);
  return stdout + stderr;
};

/** The emulator colours lines, and ends each with a point. */
function answersIn(said: string): string {
  const plain = said.replaceAll(/\u001b\[\d*m/g, '');
  return /<([^>]*)>/.exec(plain)?.[1]?.replaceAll(/[^0-9a-f]/g, '') ?? '';
}

const compiled = (graph: Graph) =>
  compileModel({
    graph,
    simd: null,
    names: modelNames({ name: 'model', symbol: 'g_model' }),
    name: 'model',
    banner: [],
  });

/** Cases that fit one program, as they come. */
function programsOf(cases: readonly AvrCase[]): readonly (readonly AvrCase[])[] {
  const programs: AvrCase[][] = [];
  let left = 0;
  for (const one of cases) {
    const { memory } = compiled(one.graph);
    const bytes = memory.arena + memory.constants;
    if (bytes > left || programs.at(-1)!.length === most.cases) {
      programs.push([]);
      left = most.bytes;
    }
    programs.at(-1)!.push(one);
    left -= bytes;
  }
  return programs;
}

/** Each case as the program answers it and as the reference does: once with its own values, once with the ends of their types. */
function answers(cases: readonly AvrCase[], said: string): readonly (readonly [string, string, string])[] {
  let at = 0;
  const states = cases.map(({ graph }) => freshStates(graph));
  return [(one: AvrCase) => one.feeds, extremesOf].flatMap((feedsOf) =>
    cases.map((one, which) => {
      const expected = evaluate(one.graph, feedsOf(one), { states: states[which]! })
        .map((values) => Buffer.from(bytesOf(values)).toString('hex'))
        .join('');
      return [one.name, said.slice(at, (at += expected.length)), expected] as const;
    }),
  );
}

describe('compiled operators on AVR', () => {
  if (!hasTools && process.env['WHERRY_REQUIRE_ALL'] !== '1') {
    it.todo('left out: avr-gcc or simavr is not there');
    return;
  }

  const programs = programsOf([...casesOfKernels().values()].flat());
  it.each(
    programs.map(
      (cases, at) => [at, [...new Set(cases.map(({ name }) => name.split(' ')[0]))].join(', '), cases] as const,
    ),
  )(
    'program %i: %s',
    (_, __, cases) => {
      const folder = buildFolder();
      try {
        const graph = joinedGraph(cases.map((one) => one.graph));
        const { files, memory } = compiled(graph);
        folder.write(new Map([...files].map(([file, { text }]) => [file, text])));
        const runs = [cases.flatMap(({ feeds }) => feeds), cases.flatMap(extremesOf)];
        folder.write(new Map([['main.c', program(graph, runs)]]));
        const flags = [`-mmcu=${chip}`, '-std=c99', '-Os', '-Wall', '-Wextra', '-Werror', '-pedantic'];
        run(folder, 'avr-gcc', [...flags, '-c', 'model.c', '-o', 'model.o']);
        run(folder, 'avr-gcc', [...flags, 'main.c', 'model.o', '-o', 'program.elf']);
        // All that is counted is in RAM, and nothing else of the model.
        const [, data, bss] = run(folder, 'avr-size', ['model.o']).split('\n')[1]!.trim().split(/\s+/).map(Number);
        expect(data! + bss!).toBeLessThanOrEqual(memory.constants + Math.max(8, memory.arena));
        const said = answersIn(run(folder, 'simavr', ['-m', chip, '-f', '16000000', 'program.elf']));
        const all = answers(cases, said);
        expect(all.filter(([, said, expected]) => said !== expected)).toEqual([]);
      } finally {
        folder.remove();
      }
    },
    120_000,
  );
});
