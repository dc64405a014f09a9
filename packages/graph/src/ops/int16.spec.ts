// int16 activations by numbers worked out by hand: accumulators, biases of both widths, tables.
import { evaluate } from '../evaluate.js';
import type { Quantization } from '../ir.js';
import { singleOperatorGraph } from '../single-operator.js';

const half: Quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };

function dense(weights: Int8Array, bias: BigInt64Array | Int32Array | undefined, output: number, attributes = {}) {
  const scale = { scale: [0.25], zeroPoint: [0], axis: 0 };
  return singleOperatorGraph(
    'FULLY_CONNECTED',
    [
      { shape: [1, weights.length], dtype: 'int16', quantization: half },
      { shape: [1, weights.length], dtype: 'int8', quantization: half, data: weights },
      ...(bias === undefined
        ? []
        : [
            {
              shape: [1],
              dtype: bias instanceof Int32Array ? 'int32' : 'int64',
              quantization: scale,
              data: bias,
            } as const,
          ]),
    ],
    attributes,
    { scale: [output], zeroPoint: [0], axis: 0 },
  );
}

it('sums beyond 32 bits', () => {
  // 600 products of -32768 * -128 are 2^31 and more.
  const weights = new Int8Array(600).fill(-128);
  const input = new Int16Array(600).fill(-32768);
  const sum = 600 * 32768 * 128;
  expect(sum).toBeGreaterThan(2 ** 31);
  // A quarter step each, in output steps of 2^17: exactly 4800.
  expect(evaluate(dense(weights, BigInt64Array.of(0n), 2 ** 17), [input])).toEqual([Int16Array.of(4800)]);
  // 32 bits wrap.
  const wrapped = (sum | 0) / 4 / 2 ** 17;
  expect(evaluate(dense(weights, Int32Array.of(0), 2 ** 17), [input])).toEqual([Int16Array.of(wrapped)]);
});

it('takes the width of the accumulator from the attribute where there is no bias', () => {
  const weights = new Int8Array(600).fill(-128);
  const input = new Int16Array(600).fill(-32768);
  expect(evaluate(dense(weights, undefined, 2 ** 17), [input])).toEqual([Int16Array.of(4800)]);
  const narrow = dense(weights, undefined, 2 ** 17, { quantizedBiasType: 'INT32' });
  expect(evaluate(narrow, [input])).not.toEqual([Int16Array.of(4800)]);
});

it('adds a bias of any size, products of 64 bits wrapping as they do on the device', () => {
  const graph = (bias: bigint) => dense(Int8Array.of(1), BigInt64Array.of(bias), 2 ** 29);
  // In steps of 2^31.
  expect(evaluate(graph(3n * 2n ** 40n), [Int16Array.of(0)])).toEqual([Int16Array.of(1536)]);
  // Times 2^14 it is 2^67 and more: the rest is less than a step.
  expect(evaluate(graph(2n ** 53n + 1n), [Int16Array.of(0)])).toEqual([Int16Array.of(0)]);
});

it('has 1/2 for LOGISTIC and 0 for TANH in the middle, and the ends of the range far outside', () => {
  const ends = Int16Array.of(-32768, 0, 32767);
  const steps = { scale: [1 / 32768], zeroPoint: [0], axis: 0 };
  const wide = { shape: [3], dtype: 'int16', quantization: { scale: [2 ** -10], zeroPoint: [0], axis: 0 } } as const;
  expect(evaluate(singleOperatorGraph('LOGISTIC', [wide], {}, steps), [ends])).toEqual([
    Int16Array.of(1, 16384, 32767),
  ]);
  expect(evaluate(singleOperatorGraph('TANH', [wide], {}, steps), [ends])).toEqual([Int16Array.of(-32767, 0, 32767)]);
});

it('gives equal shares of 2^15 for equal inputs of SOFTMAX', () => {
  const input = { shape: [1, 4], dtype: 'int16', quantization: half } as const;
  const graph = singleOperatorGraph('SOFTMAX', [input], {}, { scale: [1 / 32768], zeroPoint: [0], axis: 0 });
  const [shares] = evaluate(graph, [Int16Array.of(7, 7, 7, 7)]) as [Int16Array];
  for (const share of shares) expect(Math.abs(share - 8192)).toBeLessThanOrEqual(1);
});

it('refuses a zero point where the kernel has none', () => {
  const input = { shape: [1], dtype: 'int16', quantization: { scale: [1], zeroPoint: [3], axis: 0 } } as const;
  expect(() => singleOperatorGraph('TANH', [input], {}, half)).toThrow(/the zero point of every int16 input is 0/);
});
