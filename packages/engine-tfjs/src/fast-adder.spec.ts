// The fast addition against the reference kernel: every pair of integers, and scales that leave nothing but doubt.
import { evaluate, GraphBuilder, type Graph, type Quantization } from '@wherry/graph';
import { additionStep } from './fast-adder.js';

const at = (scale: number, zeroPoint: number): Quantization => ({ scale: [Math.fround(scale)], zeroPoint: [zeroPoint], axis: 0 });

const everyFirst = Int8Array.from({ length: 65536 }, (_, i) => (i >> 8) - 128);
const everySecond = Int8Array.from({ length: 65536 }, (_, i) => (i & 255) - 128);

function graphOf(kind: 'ADD' | 'SUB', [a, b, out]: readonly [Quantization, Quantization, Quantization], activation: 'NONE' | 'RELU' = 'NONE'): Graph {
  const builder = new GraphBuilder('sum');
  const inputs = [builder.input('a', [65536], 'int8', a), builder.input('b', [65536], 'int8', b)];
  return builder.finish([builder.add(kind, inputs, { activation }, { origin: 'sum', outputQuantization: out, outputDtype: 'int8' })]);
}

function differences(graph: Graph): number {
  const fast = new Int8Array(65536);
  additionStep(graph, graph.nodes[0]!)!(everyFirst, everySecond, fast);
  const [slow] = evaluate(graph, [everyFirst, everySecond]);
  return fast.reduce((count, value, i) => count + (value === slow![i] ? 0 : 1), 0);
}

describe('additionStep', () => {
  it.each([
    ['ADD', [at(0.1, -3), at(0.07, 11), at(0.15, -20)], 'NONE'],
    ['ADD', [at(0.1, -128), at(0.1, -128), at(0.1, -128)], 'RELU'],
    ['SUB', [at(0.02, 5), at(0.9, -7), at(0.4, 0)], 'NONE'],
    // Halves: 0.5 and 1.5 steps of the output everywhere.
    ['ADD', [at(0.5, 0), at(1, 0), at(1, 0)], 'NONE'],
    ['SUB', [at(2, 1), at(0.25, 2), at(0.5, 3)], 'RELU'],
    // Steps beyond an int32 of the output: the reference has to do it all.
    ['ADD', [at(1e6, 0), at(1, 0), at(1e-3, 0)], 'NONE'],
  ] as const)('equals the reference on every pair: %s %j %s', (kind, quantization, activation) => {
    expect(differences(graphOf(kind, quantization, activation))).toBe(0);
  });

  it('leaves other shapes and types to the reference', () => {
    const builder = new GraphBuilder('broadcast');
    const inputs = [builder.input('a', [2, 2], 'int8', at(1, 0)), builder.input('b', [2], 'int8', at(1, 0))];
    const graph = builder.finish([builder.add('ADD', inputs, {}, { origin: 'sum', outputQuantization: at(1, 0), outputDtype: 'int8' })]);
    expect(additionStep(graph, graph.nodes[0]!)).toBeUndefined();
  });
});
