// Where an int has 16 bits, no kernel multiplies, adds or shifts in it what 16 bits need not hold: as the compiler for AVR reads them.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { kernelSources } from '../../packages/c-compiler/src/kernel-sources.js';
import { kernelText } from '../../packages/c-compiler/src/emit/kernel-text.js';
import { buildFolder } from '../testing/src/index.js';

const hasTools = spawnSync('avr-gcc', ['--help']).error === undefined;
if (!hasTools) console.warn('left out: arithmetic of 16 bits: avr-gcc is not there');

/**
 * The int16 of the first are weights of 8 bits, so that the product has 16: cores that multiply 16 bits take it at once. The second
 * shifts out of a word of 16 what are other weights.
 */
const bounded = new Set(['wherry_times_three', 'wherry_nibble_of']);

/** `function: type = left operator right` of each operation on int, operands as they came to be. */
function operationsOnInt(dump: string): readonly string[] {
  return dump.split(/\n(?=\w+ \()/).flatMap((text) => {
    const name = /^\w+/.exec(text)?.[0] ?? '';
    const types = new Map(
      [...text.matchAll(/^ +((?:\w+ )+(?:\* )*)([\w.]+);$/gm)].map(([, type, of]) => [of!, type!.trim()]),
    );
    const origins = new Map([...text.matchAll(/^ +([\w.]+) = (.*);$/gm)].map(([, to, value]) => [to!, value!]));
    // A signed char, widened: products of two have 15 bits.
    const isByte = (operand: string): boolean => {
      const from = /^\(int\) (\S+)$/.exec(origins.get(operand) ?? '')?.[1];
      return from !== undefined && /^(signed |unsigned )?char$|^u?int8_t$/.test(types.get(from) ?? '');
    };
    return [...text.matchAll(/^ +([\w.]+) = (\S+) (\*|<<|\+|-) (\S+);$/gm)].flatMap(([, to, left, by, right]) => {
      const type = types.get(to!);
      // Steps of pointers are unsigned.
      if (type !== 'int' && !(type === 'unsigned int' && by === '<<')) return [];
      if (by !== '<<' && isByte(left!) && isByte(right!)) return [];
      // Of a count of bits.
      if ((by === '+' || by === '-') && /^-?\d+$/.test(right!)) return [];
      const said = (operand: string): string => origins.get(operand) ?? operand;
      return bounded.has(name) ? [] : [`${name}: ${said(left!)} ${by} ${said(right!)}`];
    });
  });
}

function dumpOf(text: string): string {
  const folder = buildFolder();
  try {
    folder.write(new Map([['kernels.c', text]]));
    const flags = ['-mmcu=atmega1284p', '-std=c99', '-Os', '-fkeep-inline-functions', '-fdump-tree-gimple'];
    const { status, stderr } = spawnSync('avr-gcc', [...flags, '-c', 'kernels.c', '-o', 'kernels.o'], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const dump = readdirSync(folder.path).find((name) => name.endsWith('.gimple'))!;
    return readFileSync(`${folder.path}/${dump}`, 'utf8');
  } finally {
    folder.remove();
  }
}

const headers = '#include <math.h>\n#include <stdint.h>\n#include <string.h>\n';

describe('arithmetic of 16 bits', () => {
  if (!hasTools && process.env['WHERRY_REQUIRE_ALL'] !== '1') {
    it.todo('left out: avr-gcc is not there');
    return;
  }

  it('is nowhere in the portable kernels', () => {
    const files = Object.keys(kernelSources).flatMap((file) => /^(portable\/.*)\.h$/.exec(file)?.[1] ?? []);
    expect(files.length).toBeGreaterThan(100);
    expect(operationsOnInt(dumpOf(headers + String(kernelText(files).text)))).toEqual([]);
  });

  it('is found in a product, a sum and shifts', () => {
    const planted = `int32_t planted(const int16_t *a, const int8_t *b, uint8_t by) {
  int32_t sum = *a * *b;
  sum += *a + *b;
  sum += 1 << by;
  sum += 1u << by;
  return sum + *b * *b + (int32_t)*a * *b + ((int32_t)1 << by);
}
`;
    const found = operationsOnInt(dumpOf(headers + planted));
    expect(found.map((one) => / (\*|\+|<<) /.exec(one.replace(/\(int\)|^planted: \*/g, ''))?.[1])).toEqual([
      '*',
      '+',
      '<<',
      '<<',
    ]);
  });
});
