// Graphs of floats, of integers between conversions, and of both.
import { GraphBuilder, tensorAt, type TensorId } from '@wherry/graph';
import { computedInFloats } from './float-arithmetic.js';

const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };

/** x [1,4] as float32, through what `finish` adds. */
function found(finish: (builder: GraphBuilder, x: TensorId) => readonly TensorId[]): readonly string[] {
  const builder = new GraphBuilder('small');
  const graph = builder.finish(finish(builder, builder.input('x', [1, 4], 'float32')));
  return [...computedInFloats(graph)].map((id) => tensorAt(graph, id).name);
}
const quantized = (builder: GraphBuilder, x: TensorId): TensorId =>
  builder.add('QUANTIZE', [x], {}, { origin: 'q', outputQuantization: quantization, outputDtype: 'int8' });

it('is no tensor of a model in integers, whatever goes in and out', () => {
  expect(
    found((builder, x) => {
      const relu = builder.add('RELU', [quantized(builder, x)], {}, { origin: 'r', outputQuantization: quantization });
      return [builder.add('DEQUANTIZE', [relu], {}, { origin: 'out' })];
    }),
  ).toEqual([]);
});

it('is whatever follows an operator that computes in floats, and not what is only moved', () => {
  expect(
    found((builder, x) => {
      const shape = builder.constant('s', [2], Int32Array.of(2, 2), 'int32');
      const moved = builder.add('RESHAPE', [x, shape], {}, { origin: 'moved' });
      const tanh = builder.add('TANH', [moved], {}, { origin: 'tanh' });
      const q = builder.add(
        'QUANTIZE',
        [tanh],
        {},
        { origin: 'back', outputQuantization: quantization, outputDtype: 'int8' },
      );
      return [q, builder.add('RESHAPE', [x, shape], {}, { origin: 'beside' })];
    }),
  ).toEqual(['tanh', 'back']);
});
