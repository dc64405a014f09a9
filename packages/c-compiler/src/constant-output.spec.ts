// Outputs that nothing computes, beside one that something does.
import { GraphBuilder, type DataType, type Graph, type TensorData } from '@wherry/graph';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { kernelCalls, measureCompiled } from './compile-model.js';
import { bytesOf, runCompiled } from './testing/compiled-program.js';

const int8 = { scale: [0.125], zeroPoint: [3], axis: 0 };

function withConstant(data: TensorData, dtype: DataType) {
  const builder = new GraphBuilder('constant');
  const x = builder.input('x', [1, 4], 'int8', int8);
  const y = builder.add('RELU', [x], {}, { origin: 'relu', outputQuantization: int8 });
  return builder.finish([y, builder.constant('same', [data.length], data, dtype)]);
}

describeCompiled('an output that is a constant', () => {
  it.each([
    ['float32', Float32Array.of(1.5, -3e-8)],
    ['float32', Float32Array.of(Infinity, -Infinity, NaN)],
    ['int32', Int32Array.of(-2147483648, 7)],
    ['int16', Int16Array.of(-32768, 7)],
  ] as const)('of %s is what it is', (dtype, data) => {
    const folder = buildFolder();
    try {
      const graph = withConstant(data, dtype);
      const [left] = runCompiled(folder, graph, [[Int8Array.of(-128, 3, 4, 127)]], 'outputs');
      expect(Array.from(left![0]!)).toEqual([3, 3, 4, 127]);
      expect(Buffer.compare(left![1]!, bytesOf(data))).toBe(0);
    } finally {
      folder.remove();
    }
  });
});

it('is refused where C has no literal for it', () => {
  const graph = withConstant(BigInt64Array.of(1n), 'int64');
  expect(kernelCalls(graph)).toHaveLength(1);
  expect(() => measureCompiled(graph, { simd: null })).toThrow(/constant of int64/);
});

const constantsOf = (graph: Graph): number => measureCompiled(graph, { simd: null }).memory.constants;

it('is counted among the constants', () => {
  const bytesOfSame = (length: number): number => constantsOf(withConstant(new Float32Array(length), 'float32'));
  expect(bytesOfSame(1000) - bytesOfSame(1)).toBe(4 * 999);
});

it.each([
  ['int64', BigInt64Array, 8],
  ['float32', Float32Array, 4],
  ['bool', Uint8Array, 1],
] as const)('a constant of %s that is moved is counted by its bytes', (dtype, of, bytes) => {
  const withTable = (length: number): Graph => {
    const builder = new GraphBuilder('table');
    const table = builder.constant('table', [length], new of(length), dtype);
    const positions = builder.input('positions', [2], 'int32');
    return builder.finish([builder.add('GATHER', [table, positions], { axis: 0, batchDims: 0 }, { origin: 'gather' })]);
  };
  expect(constantsOf(withTable(1000)) - constantsOf(withTable(10))).toBe(bytes * 990);
});

it('is no model of its own', () => {
  const builder = new GraphBuilder('nothing');
  const graph = builder.finish([builder.input('x', [1, 4], 'int8', int8)]);
  expect(() => measureCompiled(graph, { simd: null })).toThrow(/COMPILED_KERNEL.*no operators/s);
});
