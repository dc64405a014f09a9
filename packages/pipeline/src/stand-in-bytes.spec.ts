// Stand-ins for constants come to the size of the file that they stand for, whatever the type.
import { GraphBuilder, type DataType } from '@wherry/graph';
import { standInBytes } from './stand-in-bytes.js';
import { tfliteBytes } from './tflite-file.js';

const hash = '0'.repeat(64);
const provenance = { sourceModel: hash, calibrationSet: hash, profile: hash, tool: '0.1.0' };

it.each<DataType>(['int8', 'int4'])('of %s filters', (dtype) => {
  const builder = new GraphBuilder('g');
  const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const input = builder.input('x', [1, 100], 'int8', quantization);
  const data = Int8Array.from({ length: 40 * 100 }, (_, i) => (i % 15) - 7);
  const filter = builder.constant('w', [40, 100], data, dtype, quantization);
  const made = { origin: 'd', outputDtype: 'int8', outputQuantization: quantization } as const;
  const graph = builder.finish([builder.add('FULLY_CONNECTED', [input, filter, null], {}, made)]);
  expect(standInBytes(graph, undefined, provenance)).toBe(tfliteBytes(graph, { provenance }));
});
