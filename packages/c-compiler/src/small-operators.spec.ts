// What no case of the operators shows: weights with a zero point, 64-bit positions, positions outside, numbers that do not fit.
import { evaluate, singleOperatorGraph, type Graph, type Quantization, type TensorData } from '@wherry/graph';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { kernelCalls } from './compile-model.js';
import { bytesOf, runCompiled } from './testing/compiled-program.js';
import { joinedGraph } from './testing/joined-graph.js';

function outputsOf(graph: Graph, feeds: readonly TensorData[]): Buffer {
  const folder = buildFolder();
  try {
    return Buffer.from(runCompiled(folder, graph, [feeds], 'outputs')[0]![0]!);
  } finally {
    folder.remove();
  }
}

function gather(dtype: 'int32' | 'int64', constant: boolean): Graph {
  const table = Int16Array.of(10, 11, 20, 21, 30, 31);
  const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
  return singleOperatorGraph(
    'GATHER',
    [
      { shape: [3, 2], dtype: 'int16', quantization, ...(constant ? { data: table } : {}) },
      { shape: [4], dtype },
    ],
    {},
    quantization,
  );
}

describeCompiled('small operators', () => {
  it('takes a zero point off the weights', () => {
    const of = (scale: number, zeroPoint: number): Quantization => ({
      scale: [scale],
      zeroPoint: [zeroPoint],
      axis: 0,
    });
    const graph = singleOperatorGraph(
      'FULLY_CONNECTED',
      [
        { shape: [2, 3], dtype: 'int8', quantization: of(0.5, -7) },
        { shape: [2, 3], dtype: 'int8', quantization: of(0.25, 5), data: Int8Array.of(-128, 127, 3, 5, 6, -9) },
        { shape: [2], dtype: 'int32', quantization: of(0.125, 0), data: Int32Array.of(100, -200) },
      ],
      { activation: 'RELU' },
      of(20, -100),
    );
    const feeds = [Int8Array.of(-128, 127, 0, 90, -3, 77)];
    expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(evaluate(graph, feeds)[0]!)));
  });

  it('gathers from a table by positions of 64 bits', () => {
    const positions = BigInt64Array.of(2n, 0n, 1n, 2n);
    const graph = gather('int64', true);
    expect(outputsOf(graph, [positions])).toEqual(Buffer.from(bytesOf(evaluate(graph, [positions])[0]!)));
  });

  it('takes the nearest for a position that lies outside, where the reference refuses to run', () => {
    const feeds = [Int16Array.of(10, 11, 20, 21, 30, 31), Int32Array.of(-1, 3, 2147483647, -2147483648)];
    const graph = gather('int32', false);
    expect(() => evaluate(graph, feeds)).toThrow(/GRAPH_FEED/);
    expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(Int16Array.of(10, 11, 30, 31, 30, 31, 10, 11))));
  });

  const floats = Float32Array.of(3.99, -3.99, 1e30, -1e30, 9e18, 65519, 65520, 1e-8, -6e-8, 2.9e-8, 0.1, -0);
  it.each(['int8', 'uint8', 'int16', 'int32', 'bool', 'float16'] as const)('casts float32 to %s', (to) => {
    const graph = singleOperatorGraph('CAST', [{ shape: [15], dtype: 'float32' }], {}, undefined, to);
    const feeds = [Float32Array.of(...floats, NaN, Infinity, -Infinity)];
    expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(evaluate(graph, feeds)[0]!)));
  });

  it('casts every half to float32 and back', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const widen = singleOperatorGraph('CAST', [{ shape: [65536], dtype: 'float16' }], {}, undefined, 'float32');
    const wide = evaluate(widen, [halves])[0] as Float32Array;
    const compiled = outputsOf(widen, [halves]);
    const real = new Float32Array(compiled.buffer.slice(compiled.byteOffset, compiled.byteOffset + compiled.length));
    expect(real.findIndex((value, i) => !Object.is(value, wide[i]))).toBe(-1);
    const narrow = singleOperatorGraph('CAST', [{ shape: [65536], dtype: 'float32' }], {}, undefined, 'float16');
    // Between two halves as well.
    const between = wide.map((value, i) => value + ((wide[i + 1] ?? value) - value) / (2 + (i % 3) / 1e6));
    expect(outputsOf(narrow, [between])).toEqual(Buffer.from(bytesOf(evaluate(narrow, [between])[0]!)));
  });

  it('casts 64 bits to what they are rounded to, and cuts them off', () => {
    const feeds = [BigInt64Array.of(9007199791611905n, -(2n ** 63n), 2n ** 63n - 1n, 16777217n, 2n ** 40n + 300n)];
    const whole = singleOperatorGraph('CAST', [{ shape: [5], dtype: 'int64' }], {}, undefined, 'int16');
    expect(evaluate(whole, feeds)[0]).toEqual(Int16Array.of(1, 0, -1, 1, 300));
    for (const to of ['float32', 'int64', 'int16', 'bool'] as const) {
      const graph = singleOperatorGraph('CAST', [{ shape: [5], dtype: 'int64' }], {}, undefined, to);
      expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(evaluate(graph, feeds)[0]!)));
    }
  });

  it('takes settings that are beyond float32', () => {
    for (const alpha of [1e300, -1e300]) {
      const graph = singleOperatorGraph('LEAKY_RELU', [{ shape: [3], dtype: 'float32' }], { alpha });
      const feeds = [Float32Array.of(-2, 3, -0.5)];
      expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(evaluate(graph, feeds)[0]!)));
    }
    const steep = singleOperatorGraph('SOFTMAX', [{ shape: [3], dtype: 'float32' }], { beta: 1e300 });
    const scores = [Float32Array.of(-2, 3, 3)];
    expect(outputsOf(steep, scores)).toEqual(Buffer.from(bytesOf(Float32Array.of(0, 0.5, 0.5))));
  });

  it('makes nothing of what an int64 cannot hold', () => {
    const graph = singleOperatorGraph('CAST', [{ shape: [3], dtype: 'float32' }], {}, undefined, 'int64');
    expect(outputsOf(graph, [Float32Array.of(1e30, NaN, -5.5)])).toEqual(
      Buffer.from(bytesOf(BigInt64Array.of(0n, 0n, -5n))),
    );
  });
});

describeCompiled('whole numbers whose sums and products do not fit', () => {
  it('wrap, and are clamped then', () => {
    const greatest = 2n ** 63n - 1n;
    const values = [
      ['int64', BigInt64Array.of(greatest, -greatest - 1n, 5n, -7n)],
      ['int32', Int32Array.of(2147483647, -2147483648, 5, -7)],
    ] as const;
    const all = (['ADD', 'SUB', 'MUL'] as const).flatMap((kind) =>
      (['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'] as const).flatMap((activation) =>
        values.map(([dtype, data]) => {
          const operands = [
            { shape: [4, 1], dtype },
            { shape: [4], dtype, data },
          ];
          return { graph: singleOperatorGraph(kind, operands, { activation }), feeds: [data] };
        }),
      ),
    );
    const folder = buildFolder();
    try {
      const joined = joinedGraph(all.map(({ graph }) => graph));
      const feeds = all.flatMap((one) => one.feeds);
      const outputs = runCompiled(folder, joined, [feeds], 'outputs')[0]!;
      expect(outputs.map((bytes) => [...bytes])).toEqual(evaluate(joined, feeds).map((one) => [...bytesOf(one)]));
    } finally {
      folder.remove();
    }
  });
});

/** A row of equal scores, whose sum is as great as it can be. */
const softmax = (depth: number): Graph =>
  singleOperatorGraph(
    'SOFTMAX',
    [{ shape: [1, depth], dtype: 'int8', quantization: { scale: [0.125], zeroPoint: [0], axis: 0 } }],
    {},
    { scale: [1 / 256], zeroPoint: [-128], axis: 0 },
  );

it('refuses a row of so many int8 scores that their sum may wrap to nothing', () => {
  expect(() => kernelCalls(softmax(8192))).toThrow(/sums 8191 scores at most, and a row has 8192.*\n.*layer/);
});

describeCompiled('rows of int16 scores', () => {
  // A sum just below a power of two is looked up between the last two places of the table.
  it.each([2, 4, 64])('of %s equal ones are computed as the reference does, and are equal shares', (depth) => {
    const graph = singleOperatorGraph(
      'SOFTMAX',
      [{ shape: [1, depth], dtype: 'int16', quantization: { scale: [2 ** -12], zeroPoint: [0], axis: 0 } }],
      {},
      { scale: [2 ** -15], zeroPoint: [0], axis: 0 },
    );
    const feeds = [new Int16Array(depth).fill(7)];
    const [right] = evaluate(graph, feeds);
    for (const share of right as Int16Array) expect(Math.abs(share - 32768 / depth)).toBeLessThanOrEqual(1);
    expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(right!)));
  });
});

describeCompiled('the longest row of int8 scores', () => {
  it('is computed as the reference does', () => {
    const graph = softmax(8191);
    const feeds = [new Int8Array(8191)];
    expect(outputsOf(graph, feeds)).toEqual(Buffer.from(bytesOf(evaluate(graph, feeds)[0]!)));
  });
});
