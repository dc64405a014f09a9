// What operators keep from run to run: begins with zeros, goes on in order, belongs to one operand, and is part of the language.
import { GraphBuilder } from './builder.js';
import { casesOf } from './cases/index.js';
import type { TensorData } from './data-type.js';
import { evaluate } from './evaluate.js';
import { referenceEngine } from './executor.js';
import { GraphEditor } from './graph-editor.js';
import { tensorAt, type Graph, type TensorId } from './ir.js';
import { freshStates, resetStates, statesOf } from './states.js';
import { verify } from './verify.js';

/** One filter over one value: what is fed comes out in steps of the time filter, the last place first. */
function delayLine(time: readonly number[]): Graph {
  const builder = new GraphBuilder('delay');
  const constant = (name: string, shape: readonly number[], ...values: number[]): TensorId =>
    builder.constant(name, shape, Float32Array.from(values), 'float32');
  const operands = [
    builder.input('x', [1, 1]),
    constant('feature', [1, 1], 1),
    constant('time', [1, time.length], ...time),
    constant('bias', [1], 0),
    builder.state('memory', [1, time.length]),
  ];
  return verify(builder.finish([builder.add('SVDF', operands, { rank: 1 }, { origin: 'delay' })]), 'test');
}

const fed = (value: number): TensorData[] => [Float32Array.of(value)];

it('goes on from the states that it is given, and begins with zeros without them', () => {
  const graph = delayLine([0.25, 0.5, 2]);
  const states = freshStates(graph);
  const answers = [4, 0, 1, 0].map((value) => Number(evaluate(graph, fed(value), { states })[0]![0]));
  expect(answers).toEqual([8, 2, 3, 0.5]);
  resetStates(graph, states);
  expect(evaluate(graph, fed(4), { states })).toEqual([fed(8)[0]]);
  expect([evaluate(graph, fed(4)), evaluate(graph, fed(0))]).toEqual([fed(8), fed(0)]);
});

it('begins every run of an executor with zeros: samples have nothing to do with each other', async () => {
  const executor = await referenceEngine.prepare(delayLine([0.25, 0.5, 2]));
  for (const value of [4, 0, 1, 0]) expect(await executor.run(fed(value))).toEqual(fed(2 * value));
});

/** The same memory with one step of the sequence in a run. */
function steps(graph: Graph, feed: TensorData, count: number): readonly TensorData[] {
  const [node] = graph.nodes;
  const [input, output] = [node!.inputs[0]!, node!.outputs[0]!];
  const tensors = graph.tensors.map((tensor, id) =>
    id === input || id === output ? { ...tensor, shape: [1, 1, tensor.shape[2]!] } : tensor,
  );
  const single = verify({ ...graph, tensors }, 'test');
  const states = freshStates(single);
  const depth = feed.length / count;
  return Array.from({ length: count }, (_, t) => {
    const [answer] = evaluate(single, [feed.slice(t * depth, (t + 1) * depth)], { states });
    return answer!;
  });
}

it('gives of a sequence in one run what it gives step by step', () => {
  const sequences = casesOf('UNIDIRECTIONAL_SEQUENCE_LSTM').filter(({ graph }) => {
    const [batches, length] = tensorAt(graph, graph.inputs[0]!).shape;
    return batches === 1 && length === 6;
  });
  expect(new Set(sequences.map(({ type }) => type.from))).toEqual(new Set(['float32', 'int8']));
  for (const { graph, feeds, name } of sequences) {
    const parts = steps(graph, feeds[0]!, 6).flatMap((part) => Array.from(part, Number));
    expect([name, Array.from(evaluate(graph, feeds)[0]!, Number)]).toEqual([name, parts]);
  }
});

it('begins with the zero point where that is zero', () => {
  const [one] = casesOf('SVDF').filter(({ graph }) => {
    const { dtype, quantization } = tensorAt(graph, statesOf(graph)[0]!);
    return dtype === 'int8' && quantization!.zeroPoint[0] !== 0;
  });
  const [id] = statesOf(one!.graph);
  const { zeroPoint } = tensorAt(one!.graph, id!).quantization!;
  expect(new Set(Array.from(freshStates(one!.graph).get(id!)!, Number))).toEqual(new Set(zeroPoint));
});

it('is of one operand, and gets no value from elsewhere', () => {
  const graph = delayLine([1, 1]);
  const [memory] = statesOf(graph);
  const [node] = graph.nodes;
  const output = graph.tensors.length;
  const again = { ...node!, outputs: [output] };
  const tensors = [...graph.tensors, { ...tensorAt(graph, node!.outputs[0]!), name: 'again' }];
  const refused = (changed: Graph) => expect(() => verify(changed, 'test'));
  refused({ ...graph, tensors, nodes: [node!, again] }).toThrow('is a state of two operands');
  refused({ ...graph, inputs: [...graph.inputs, memory!] }).toThrow('is a state, and has a value from elsewhere');
  refused({ ...graph, outputs: [memory!] }).toThrow('an output is never written');
  const known = graph.tensors.map((tensor, id) =>
    id === memory ? { ...tensor, data: Float32Array.of(0, 0) } : tensor,
  );
  refused({ ...graph, tensors: known }).toThrow('is a state, and has a value from elsewhere');
});

it('is no reason to keep a node waiting when a graph is edited', () => {
  const graph = delayLine([1, 3]);
  const [node] = graph.nodes;
  const tensors = [...graph.tensors, { ...tensorAt(graph, node!.outputs[0]!), name: 'held' }];
  const last = graph.tensors.length;
  const reader = { kind: 'RELU', attributes: {}, inputs: node!.outputs, outputs: [last], origin: 'held' } as const;
  // In the wrong order, as an edit may leave them.
  const edited = new GraphEditor({ ...graph, tensors, nodes: [reader, node!], outputs: [last] }).finish();
  expect(edited.nodes.map(({ kind }) => kind)).toEqual(['SVDF', 'RELU']);
  expect(verify(edited, 'test').tensors).toHaveLength(tensors.length);
});
