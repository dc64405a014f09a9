// Outputs that nothing computes, beside one that something does.
import { GraphBuilder, type DataType, type TensorData } from '@wherry/graph';
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
