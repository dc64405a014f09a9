// Conversions that a runtime lacks: two that it has give the same values.
import { evaluate, GraphBuilder, type Graph, type Node, type Quantization } from '@wherry/graph';
import { convertOverReals } from './convert-over-reals.js';

const step = (scale: number, zeroPoint = 0): Quantization => ({
  scale: [Math.fround(scale)],
  zeroPoint: [zeroPoint],
  axis: 0,
});

function widening(): Graph {
  const builder = new GraphBuilder('widening');
  const x = builder.input('x', [1, 256], 'int8', step(0.1, -7));
  const sum = builder.add('ADD', [x, x], {}, { origin: 'sum', outputQuantization: step(0.2, 3) });
  const to = { origin: 'out/requantize', outputDtype: 'int16', outputQuantization: step(0.003) } as const;
  return builder.finish([builder.add('QUANTIZE', [sum], {}, to)]);
}

/** What LiteRT 2.1.0 says. */
const lacksWidening = (graph: Graph, { kind, inputs, outputs }: Node): boolean =>
  kind !== 'QUANTIZE' ||
  graph.tensors[inputs[0]!]!.dtype === 'float32' ||
  graph.tensors[outputs[0]!]!.dtype !== 'int16';

it('gives what one conversion would give', () => {
  const graph = widening();
  const { graph: changed, steps } = convertOverReals(graph, lacksWidening);
  expect(changed.nodes.map(({ kind }) => kind)).toEqual(['ADD', 'DEQUANTIZE', 'QUANTIZE']);
  expect(steps).toMatchObject([{ rewrite: 'convert-over-reals', nodesBefore: 2, nodesAfter: 3 }]);
  expect(steps[0]!.what).toMatch(/^out\/requantize: int8 to int16 by way of float32/);
  const feeds = [Int8Array.from({ length: 256 }, (_, i) => i - 128)];
  const [[before], [after]] = [evaluate(graph, feeds), evaluate(changed, feeds)];
  const apart = Array.from<number | bigint, number>(before!, (value, i) => Math.abs(Number(value) - Number(after![i])));
  expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  expect(new Set<number | bigint>(after!).size).toBeGreaterThan(200);
});

it('leaves the graph as it is where the runtime has the conversion, and where it lacks the way around as well', () => {
  const graph = widening();
  expect(convertOverReals(graph, () => true).graph).toBe(graph);
  const noReals = (of: Graph, node: Node): boolean => node.kind !== 'DEQUANTIZE' && lacksWidening(of, node);
  expect(convertOverReals(graph, noReals)).toEqual({ graph, steps: [] });
});

it('takes a name for what is in between that no tensor has', () => {
  const graph = widening();
  const named = {
    ...graph,
    tensors: graph.tensors.map((t, i) => (i === 0 ? { ...t, name: 'out/requantize/real' } : t)),
  };
  const { tensors } = convertOverReals(named, lacksWidening).graph;
  expect(new Set(tensors.map(({ name }) => name)).size).toBe(tensors.length);
});
