// States of operators in files: read as they were written, and refused where a runtime would take them for something else.
import { evaluate, statesOf, tensorAt, type Graph } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { decode, encode, graphToModel } from '@wherry/tflite-writer';
import { importTflite } from './import-tflite.js';

const quantized = (['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM'] as const).map((kind) =>
  casesOf(kind).find(({ type }) => type.from === 'int8')!,
);

/** The file with some tensors changed. */
function changed(graph: Graph, change: (tensor: object, index: number) => object): Uint8Array {
  const model = graphToModel(graph);
  const [subgraph] = model.subgraphs!;
  const tensors = subgraph!.tensors!.map(change);
  return encode({ ...model, subgraphs: [{ ...subgraph, tensors }] });
}

it.each(quantized)('reads $kind as it was written', ({ graph, feeds }) => {
  const read = importTflite(encode(graphToModel(graph))).graph;
  expect(statesOf(read).map((id) => tensorAt(read, id))).toEqual(
    statesOf(graph).map((id) => ({ ...tensorAt(graph, id), name: expect.any(String) as string })),
  );
  expect(evaluate(read, feeds)).toEqual(evaluate(graph, feeds));
});

it.each(quantized)('refuses a state of $kind that is no variable', ({ graph }) => {
  const bytes = changed(graph, (tensor) => ({ ...tensor, is_variable: false }));
  expect(() => importTflite(bytes)).toThrow(
    /TFLITE_INVALID.*it is the state of an operator and no variable|TFLITE_ORDER/,
  );
});

it('refuses an LSTM whose output has another scale than its hidden state', () => {
  const { graph } = quantized[1]!;
  const output = decode(encode(graphToModel(graph))).subgraphs![0]!.outputs![0]!;
  const quantization = { scale: [0.5], zero_point: [0n] };
  const bytes = changed(graph, (tensor, index) => (index === output ? { ...tensor, quantization } : tensor));
  expect(() => importTflite(bytes)).toThrow(/TFLITE_INVALID.*another scale than the state/);
});

it('refuses a bias that is in other steps than its own filter, of several', () => {
  const { graph } = quantized[0]!;
  const [node] = graph.nodes;
  const bias = node!.inputs[3]!;
  const tensors = graph.tensors.map((tensor, id) =>
    id === bias ? { ...tensor, quantization: { scale: [7], zeroPoint: [0], axis: 0 } } : tensor,
  );
  expect(() => importTflite(encode(graphToModel({ ...graph, tensors })))).toThrow(
    /TFLITE_INVALID.*is stored in steps of/,
  );
});
