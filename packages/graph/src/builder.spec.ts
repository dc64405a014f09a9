// Building: inferred shapes, default attributes, unique names, values known only at run time.
import { GraphBuilder } from './builder.js';
import { evaluate } from './evaluate.js';
import { tensorAt } from './ir.js';
import { verify } from './verify.js';

it('gives every tensor a name of its own', () => {
  const builder = new GraphBuilder('names');
  const x = builder.input('x', [2]);
  const a = builder.add('RELU', [x], {}, { origin: 'x' });
  const b = builder.add('RELU', [a], {}, { origin: 'x' });
  expect(verify(builder.finish([b]), 'building').tensors.map(({ name }) => name)).toEqual(['x', 'x_1', 'x_2']);
});

it('fills in the attributes that are left out', () => {
  const builder = new GraphBuilder('defaults');
  const x = builder.input('x', [1]);
  const graph = builder.finish([builder.add('ADD', [x, x], { activation: 'RELU' }, { origin: 'twice' })]);
  expect(graph.nodes[0]!.attributes).toEqual({ activation: 'RELU', potScaleInt16: false });
});

it('takes the shape that is given where it is computed at run time', () => {
  const builder = new GraphBuilder('computed');
  const x = builder.input('x', [2, 3]);
  const shape = builder.add('SHAPE', [x], {}, { origin: 'shape' });
  const flat = builder.add('RESHAPE', [x, shape], {}, { origin: 'same', outputShape: [2, 3] });
  const graph = verify(builder.finish([flat]), 'building');
  expect(tensorAt(graph, flat).shape).toEqual([2, 3]);
  expect(evaluate(graph, [Float32Array.of(1, 2, 3, 4, 5, 6)])).toEqual([Float32Array.of(1, 2, 3, 4, 5, 6)]);
});

it('returns every output of an operator with several', () => {
  const builder = new GraphBuilder('several');
  const parts = builder.addAll(
    'UNPACK',
    [builder.input('x', [3, 2])],
    { count: 3 },
    { origin: 'rows', names: ['a', 'b', 'c'] },
  );
  expect(builder.finish(parts).outputs.map((id) => builder.tensor(id).name)).toEqual(['a', 'b', 'c']);
});

it('knows only its own tensors', () => {
  expect(() => new GraphBuilder('empty').tensor(0)).toThrow(RangeError);
});
