// Running a graph: order of feeds and answers, what observers see, refusals.
import { GraphBuilder } from './builder.js';
import type { TensorData } from './data-type.js';
import { evaluate } from './evaluate.js';
import { referenceEngine } from './executor.js';
import type { Graph, TensorId } from './ir.js';
import { kernelFor } from './kernel-for.js';

function difference(): Graph {
  const builder = new GraphBuilder('difference');
  const [a, b] = [builder.input('a', [2]), builder.input('b', [2])];
  const difference = builder.add('SUB', [a, b], {}, { origin: 'sub' });
  return builder.finish([builder.add('RELU', [difference], {}, { origin: 'relu' }), difference]);
}

const feeds = [Float32Array.of(1, 5), Float32Array.of(4, 3)];

it('takes feeds in the order of the inputs and answers in the order of the outputs', () => {
  expect(evaluate(difference(), feeds)).toEqual([Float32Array.of(0, 2), Float32Array.of(-3, 2)]);
});

it('shows inputs and what nodes write, in the order in which they come to be', () => {
  const seen: [TensorId, TensorData][] = [];
  evaluate(difference(), feeds, { observe: (id, data) => seen.push([id, data]) });
  expect(seen.map(([id]) => id)).toEqual([0, 1, 2, 3]);
  expect(seen[2]![1]).toEqual(Float32Array.of(-3, 2));
});

it('is the reference engine', async () => {
  const executor = await referenceEngine.prepare(difference());
  expect(await executor.run(feeds)).toEqual(evaluate(difference(), feeds));
  executor.dispose();
});

it.each<[string, readonly TensorData[]]>([
  ['it was given nothing', [feeds[0]!]],
  ['it was given 3 in a Float32Array', [feeds[0]!, new Float32Array(3)]],
  ['it was given 2 in a Int8Array', [feeds[0]!, new Int8Array(2)]],
])('refuses a feed: %s', (message, given) => {
  expect(() => evaluate(difference(), given)).toThrow(message);
  expect(() => evaluate(difference(), given)).toThrow('input b [2]');
});

it('refuses a type that the operator has no reference for, with the layer', () => {
  const builder = new GraphBuilder('typed');
  const y = builder.add('RELU', [builder.input('x', [1], 'int32')], {}, { origin: 'block/relu' });
  const graph = builder.finish([y]);
  expect(() => evaluate(graph, [new Int32Array(1)])).toThrow(
    /GRAPH_NO_KERNEL: RELU has no reference for int32\n.*block\/relu/,
  );
});

it('chooses the kernel of SPLIT by what is split, not by the axis before it', () => {
  const node = { kind: 'SPLIT', attributes: { count: 1 }, inputs: [0, 1], outputs: [2], origin: 'split' } as const;
  expect(() =>
    kernelFor(
      node,
      [
        { shape: [], dtype: 'int32' },
        { shape: [1], dtype: 'uint16' },
      ],
      [],
    ),
  ).toThrow('SPLIT has no reference for uint16');
});
