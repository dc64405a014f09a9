// Operators with several filters: refused by name where their scales would have to be chosen here, and stored smaller where none is needed.
import { GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { apply } from '../apply/apply.js';
import { planned } from '../testing/planned.js';
import { calibrated } from '../testing/small-network.js';
import { plan } from './plan.js';
import type { SchemeName } from './schemes/scheme.js';

it.each(['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM'] as const)('%s', async (kind) => {
  const { graph, feeds } = casesOf(kind).find(({ type }) => type.from === 'float32')!;
  const calibration = await calibrated(graph, [feeds, feeds]);
  expect(() => planned(graph, calibration)).toThrow(/QUANT_NO_KERNEL.*has several filters/);
});

/** Feature filters of 32x64 and time filters of 32x4, and a dense layer where it has units. */
function large(units = 0): Graph {
  const builder = new GraphBuilder('g');
  const filled = (name: string, shape: readonly number[]): number =>
    builder.constant(name, shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5), 'float32');
  const inputs = [
    builder.input('x', [1, 64], 'float32'),
    filled('feature', [32, 64]),
    filled('time', [32, 4]),
    filled('bias', [32]),
    builder.state('memory', [1, 128]),
  ];
  const svdf = builder.add('SVDF', inputs, { rank: 1 }, { origin: 'svdf' });
  if (units === 0) return builder.finish([svdf]);
  const dense = [svdf, filled('dense', [units, 32]), null];
  return builder.finish([builder.add('FULLY_CONNECTED', dense, {}, { origin: 'dense' })]);
}

const options = (scheme: SchemeName): Parameters<typeof plan>[2] => ({
  scheme,
  granularity: () => 'per-axis',
  inputType: 'own',
  outputType: 'own',
});

it('stores every large filter as float16', () => {
  const { graph } = apply(large(), plan(large(), new Map(), options('float16')));
  const stored = graph.nodes
    .filter(({ kind }) => kind === 'DEQUANTIZE')
    .map(({ inputs: [id] }) => tensorAt(graph, id!));
  expect(stored.map(({ name, dtype }) => [name, dtype])).toEqual([
    ['feature', 'float16'],
    ['time', 'float16'],
  ]);
});

it('says that it is the reference that lacks a kernel with integer filters', () => {
  expect(() => plan(large(), new Map(), options('dynamic-range'))).toThrow(
    /whatever the runtime has, this tool has no SVDF with int8 weights for float32 activations/,
  );
});

it('leaves it in float32 beside layers that have one', () => {
  const { nodes } = plan(large(64), new Map(), options('dynamic-range'));
  expect(nodes.map(({ scheme }) => scheme)).toEqual(['float32', 'dynamic-range']);
});
