// A file whose memory plan the runtime could not be trusted with is not taken in, however sound its tables are.
import { GraphBuilder } from '@wherry/graph';
import { encode, graphToModel, memoryPlanName, withMetadata } from '@wherry/tflite-writer';
import { importTflite } from './import-tflite.js';

function planned(...offsets: readonly number[]): Uint8Array {
  const builder = new GraphBuilder('planned');
  const half = builder.add('RELU', [builder.input('x', [1, 16], 'float32')], {}, { origin: 'half' });
  const model = graphToModel(builder.finish([builder.add('RELU6', [half], {}, { origin: 'whole' })]));
  const words = new DataView(new ArrayBuffer(12 + 4 * offsets.length));
  [1, 0, offsets.length, ...offsets].forEach((value, i) => words.setInt32(4 * i, value, true));
  return encode(withMetadata(model, memoryPlanName, new Uint8Array(words.buffer)));
}

it('takes a sound plan', () => {
  expect(importTflite(planned(0, 64, 0)).graph.nodes).toHaveLength(2);
});

it.each<[string, readonly number[]]>([
  ['writes before the arena', [0, -64, 64]],
  ['lies between two multiples of 16', [0, 72, 144]],
  ['reaches beyond any arena', [0, 64, 2 ** 30]],
  ['puts two tensors in one place', [0, 0, 0]],
  ['has no offset for a tensor', [0, 64]],
])('refuses a plan that %s', (_, offsets) => {
  expect(() => importTflite(planned(...offsets))).toThrow('TFLITE_METADATA: OfflineMemoryAllocation');
});
