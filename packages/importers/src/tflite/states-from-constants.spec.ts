// float16 files of recurrent layers, whose states come out of a DEQUANTIZE as the weights do.
import { evaluate, narrowHalf, statesOf, tensorAt, type Tensor } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { decode, encode, graphToModel } from '@wherry/tflite-writer';
import { importTflite } from './import-tflite.js';

const { graph, feeds } = casesOf('UNIDIRECTIONAL_SEQUENCE_LSTM').find(({ type }) => type.from === 'float32')!;

/** The file with each state behind a DEQUANTIZE of halves. */
function withConstants(value: number): Uint8Array {
  const tensors: Tensor[] = [...graph.tensors];
  const states = statesOf(graph);
  const conversions = states.map((id) => {
    const { name, shape } = tensorAt(graph, id);
    const data = new Uint16Array(shape.reduce((product, size) => product * size, 1)).fill(narrowHalf(value));
    const source = tensors.push({ name: `${name}_halves`, shape, dtype: 'float16', data }) - 1;
    return { kind: 'DEQUANTIZE', inputs: [source], outputs: [id], attributes: {}, origin: name } as const;
  });
  const model = graphToModel({ ...graph, tensors, nodes: [...conversions, ...graph.nodes] });
  const [subgraph] = model.subgraphs!;
  const named = new Set(states.map((id) => tensorAt(graph, id).name));
  const marked = subgraph!.tensors!.map((tensor) => ({ ...tensor, is_variable: named.has(tensor.name!) }));
  return encode({ ...model, subgraphs: [{ ...subgraph!, tensors: marked }] });
}

it.each(['source', 'as-it-is'] as const)('takes zeros for a state as it begins anyway (%s)', (mixed) => {
  expect(decode(withConstants(0)).subgraphs![0]!.operators).toHaveLength(3);
  const read = importTflite(withConstants(0), { mixed }).graph;
  expect(read.nodes.map(({ kind }) => kind)).toEqual(['UNIDIRECTIONAL_SEQUENCE_LSTM']);
  expect(evaluate(read, feeds)).toEqual(evaluate(graph, feeds));
});

it('refuses a state that begins with something else', () => {
  expect(() => importTflite(withConstants(0.5))).toThrow(/TFLITE_UNSUPPORTED.*begins with other values than 0/);
});
