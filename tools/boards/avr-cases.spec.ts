// Compiled operators on an 8-bit AVR, where an int has 16 bits and constants lie in RAM: the answers are those of the reference.
import { spawnSync } from 'node:child_process';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { byteLength, elementCount, evaluate, tensorAt } from '@wherry/graph';
import type { FilledCase } from '@wherry/graph/cases';
import { bytesOf } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { someCases } from '../../packages/c-compiler/src/testing/some-cases.js';
import { buildFolder, type BuildFolder } from '../testing/src/index.js';

/** With 16 KiB of RAM, the most that the emulator knows. */
const chip = 'atmega1284p';

/** Whatever it answers: simavr has no option that succeeds without a program. */
const hasTools = ['avr-gcc', 'simavr'].every((tool) => spawnSync(tool, ['--help']).error === undefined);
if (!hasTools) console.warn('left out: compiled operators on AVR: avr-gcc or simavr is not there');

/** Writes what the model answers as hexadecimal numbers to the serial line, and stops the clock. */
function program({ graph, feeds }: FilledCase): string {
  const size = (id: number): number => byteLength(tensorAt(graph, id).dtype, elementCount(tensorAt(graph, id).shape));
  const inputs = graph.inputs.map(
    (id, at) => `static const unsigned char input_${at}[${size(id)}] = { ${[...bytesOf(feeds[at]!)].join(', ')} };`,
  );
  const sets = graph.inputs.map((id, at) => `  memcpy(g_model_input_${at}(), input_${at}, ${size(id)});`);
  const writes = graph.outputs.map((id, at) => `  put((const unsigned char *)g_model_output_${at}(), ${size(id)});`);
  return `#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <string.h>
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
${sets.join('\n')}
  g_model_run();
  send('<');
${writes.join('\n')}
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
function answersIn(said: string): string | undefined {
  const plain = said.replaceAll(/\u001b\[\d*m/g, '');
  return /<([^>]*)>/.exec(plain)?.[1]?.replaceAll(/[^0-9a-f]/g, '');
}

describe('compiled operators on AVR', () => {
  if (!hasTools && process.env['WHERRY_REQUIRE_ALL'] !== '1') {
    it.todo('left out: avr-gcc or simavr is not there');
    return;
  }

  // Real numbers are rounded otherwise by the library there.
  const cases = [...new Set([...someCases(0), ...someCases(1)])].filter(({ graph }) =>
    graph.tensors.every(({ dtype }) => dtype !== 'float32'),
  );
  it.each(cases.map((one) => [one.graph.nodes[0]!.kind, one.name, one] as const))(
    '%s: %s',
    (_, __, one) => {
      const folder = buildFolder();
      try {
        const names = modelNames({ name: 'model', symbol: 'g_model' });
        const { files, memory } = compileModel({ graph: one.graph, simd: null, names, name: 'model', banner: [] });
        folder.write(new Map([...files].map(([file, { text }]) => [file, text])));
        folder.write(new Map([['main.c', program(one)]]));
        const flags = [`-mmcu=${chip}`, '-std=c99', '-Os', '-Wall', '-Wextra', '-Werror', '-pedantic'];
        run(folder, 'avr-gcc', [...flags, '-c', 'model.c', '-o', 'model.o']);
        run(folder, 'avr-gcc', [...flags, 'main.c', 'model.o', '-o', 'program.elf']);
        // All that is counted is in RAM, and nothing else of the model.
        const [, data, bss] = run(folder, 'avr-size', ['model.o']).split('\n')[1]!.trim().split(/\s+/).map(Number);
        expect(data! + bss!).toBeLessThanOrEqual(memory.constants + Math.max(8, memory.arena));
        const said = run(folder, 'simavr', ['-m', chip, '-f', '16000000', 'program.elf']);
        const expected = evaluate(one.graph, one.feeds).map((values) => Buffer.from(bytesOf(values)).toString('hex'));
        expect(answersIn(said)).toBe(expected.join(''));
      } finally {
        folder.remove();
      }
    },
    120_000,
  );
});
