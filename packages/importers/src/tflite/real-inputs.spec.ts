// Which use of an input of whole numbers leaves it a real one, and which is refused: one graph for each way.
import { GraphBuilder, type DataType, type Graph, type TensorId } from '@wherry/graph';
import { refusalOf } from '../testing/refusal-of.js';
import { realInputs } from './real-inputs.js';

/** A graph over an input x of whole numbers, [1, 4]. */
function over(
  build: (builder: GraphBuilder, x: TensorId, cast: (id: TensorId, to?: DataType) => TensorId) => readonly TensorId[],
  dtype: DataType = 'int32',
): Graph {
  const builder = new GraphBuilder('whole numbers');
  const x = builder.input('x', [1, 4], dtype);
  const cast = (id: TensorId, to: DataType = 'float32'): TensorId => {
    const types = { inType: builder.tensor(id).dtype.toUpperCase(), outType: to.toUpperCase() };
    return builder.add('CAST', [id], types, { origin: 'cast', outputDtype: to });
  };
  return builder.finish(build(builder, x, cast));
}
const relu = (builder: GraphBuilder, id: TensorId): TensorId => builder.add('RELU', [id], {}, { origin: 'relu' });
const kinds = ({ nodes }: Graph): readonly string[] => nodes.map(({ kind }) => kind);
const types = ({ tensors, inputs }: Graph): readonly string[] => inputs.map((id) => tensors[id]!.dtype);

describe('a model takes whole numbers as real ones', () => {
  it('where its cast is its output, too', () => {
    const { graph } = realInputs(over((builder, x, cast) => [cast(x), relu(builder, cast(x))]));
    expect(kinds(graph)).toEqual(['RELU']);
    expect([types(graph), graph.outputs[0]]).toEqual([['float32'], graph.inputs[0]]);
  });

  it('at each of several inputs', () => {
    const two = over((builder, x, cast) => {
      const other = builder.input('other', [1, 4], 'uint8');
      return [builder.add('ADD', [cast(x), cast(other)], {}, { origin: 'sum' })];
    });
    const { graph, warnings } = realInputs(two);
    expect([kinds(graph), types(graph)]).toEqual([['ADD'], ['float32', 'float32']]);
    expect(graph.nodes[0]!.inputs).toEqual(graph.inputs);
    expect(warnings.map(({ where }) => where)).toEqual(['x', 'other']);
  });

  it('while others read its dimensions alone, which stay whole', () => {
    const sized = over((builder, x, cast) => [
      relu(builder, cast(x)),
      builder.add('SHAPE', [x], {}, { origin: 'dimensions' }),
    ]);
    const { graph } = realInputs(sized);
    expect(kinds(graph)).toEqual(['RELU', 'SHAPE']);
    expect(graph.outputs.map((id) => graph.tensors[id]!.dtype)).toEqual(['float32', 'int32']);
  });

  it('but leaves alone what is quantized or real already', () => {
    const builder = new GraphBuilder('quantized');
    const scale = { scale: [0.5], zeroPoint: [3], axis: 0 };
    const inputs = [builder.input('q', [1, 4], 'int8', scale), builder.input('f', [1, 4])];
    const graph = builder.finish(inputs.map((id) => relu(builder, id)));
    expect(realInputs(graph)).toEqual({ graph, warnings: [] });
  });
});

describe('a model is refused that computes with the integers', () => {
  const refused = (graph: Graph): string => refusalOf(() => realInputs(graph));

  it.each<[string, Parameters<typeof over>[0]]>([
    ['SUM', (builder, x, cast) => [cast(builder.add('SUM', [x, builder.indices('axes', [1])], {}, { origin: 'sum' }))]],
    [
      'CONCATENATION',
      (builder, x, cast) => {
        const constant = builder.constant('c', [1, 4], Int32Array.of(1, 2, 3, 4), 'int32');
        return [cast(builder.add('CONCATENATION', [x, constant], { axis: 1 }, { origin: 'joined' }))];
      },
    ],
    [
      'RESHAPE',
      (builder, x, cast) => {
        const sizes = builder.input('sizes', [2], 'int32');
        return [cast(builder.add('RESHAPE', [x, sizes], {}, { origin: 'sized', outputShape: [2, 2] }))];
      },
    ],
    ['CAST', (_, x, cast) => [cast(cast(x, 'int8'))]],
  ])('in %s', (kind, build) => {
    expect(refused(over(build))).toMatch(new RegExp(`TFLITE_UNSUPPORTED.* takes int32, and ${kind} computes with`));
  });

  it('or gives them out as they are', () => {
    const moved = over((builder, x) => [
      builder.add('RESHAPE', [x, builder.indices('to', [2, 2])], {}, { origin: 'moved' }),
    ]);
    expect(refused(moved)).toMatch(/RESHAPE computes with/);
  });
});
