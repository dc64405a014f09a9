// Values between nodes are rounded to float16 as the definition has it, and what comes of a graph is what comes of them.
import { GraphBuilder, narrowHalf, referenceEngine, widenHalf, type Graph } from '@wherry/graph';
import { tfjsEngine } from '@wherry/engine-tfjs';
import { halfArithmetic, roundToHalf } from './half-arithmetic.js';

it('rounds as float16 is defined', () => {
  const powers = Array.from({ length: 60 }, (_, i) => 2 ** (i - 36));
  const values = powers.flatMap((power) =>
    [1, 1 + 2 ** -11, 1 + 2 ** -10, 1 + 3 * 2 ** -11, 1.37, 1.9999999, 1 + 2 ** -11 + 2 ** -20].flatMap((f) => [
      power * f,
      -power * f,
    ]),
  );
  for (const x of [...values, 0, 65504, 65519.99, 65520, 1e30, Infinity, -Infinity].map(Math.fround))
    expect([x, roundToHalf(x)]).toEqual([x, widenHalf(narrowHalf(x)) + 0]);
  expect(roundToHalf(NaN)).toBeNaN();
});

/** x * a + b by two nodes, with `a` stored as float16 behind a DEQUANTIZE; x + x beside it; and `a` itself. */
function model(): Graph {
  const builder = new GraphBuilder('g');
  const x = builder.input('x', [1, 2], 'float32');
  const stored = builder.constant('a', [1, 2], Uint16Array.of(narrowHalf(1 / 3), narrowHalf(3e4)), 'float16');
  const a = builder.add('DEQUANTIZE', [stored], {}, { origin: 'a' });
  const product = builder.add('MUL', [x, a], {}, { origin: 'times' });
  const b = builder.constant('b', [1, 2], Float32Array.of(-1 / 3, 1), 'float32');
  return builder.finish([
    builder.add('ADD', [product, b], {}, { origin: 'plus' }),
    builder.add('ADD', [x, x], {}, { origin: 'twice' }),
    a,
  ]);
}

it('rounds what comes in before anything is computed', async () => {
  const executor = await halfArithmetic(referenceEngine).prepare(model());
  const half = (value: number): number => widenHalf(narrowHalf(Math.fround(value)));
  // Rounded once, behind the product, it would be another number.
  const x = Math.fround(1.0013);
  expect(half(half(x) * half(1 / 3))).not.toBe(half(x * half(1 / 3)));
  const [sum] = await executor.run([Float32Array.of(x, 0)]);
  executor.dispose();
  expect(sum![0]).toBe(half(half(half(x) * half(1 / 3)) + Math.fround(-1 / 3)));
});

it.each(['reference', 'tfjs'] as const)('rounds what each node gives on the engine %s', async (name) => {
  const engine = name === 'reference' ? referenceEngine : await tfjsEngine('wasm');
  const executor = await halfArithmetic(engine).prepare(model());
  const x = Float32Array.of(1.001, 2.5);
  const [sum, twice, constant] = await executor.run([x]);
  executor.dispose();
  const half = (value: number): number => widenHalf(narrowHalf(Math.fround(value)));
  const expected = half(half(half(1.001) * half(1 / 3)) + Math.fround(-1 / 3));
  expect([...sum!]).toEqual([expected, Infinity]);
  expect([...twice!]).toEqual([half(2 * half(1.001)), 5]);
  expect([...constant!]).toEqual([half(1 / 3), half(3e4)]);
  expect([...x]).toEqual([Math.fround(1.001), 2.5]);
});
