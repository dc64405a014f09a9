// Remedies are judged on samples of the evaluation, and on none that it leaves out.
import type { Graph } from '@wherry/graph';
import { optimize } from '@wherry/quantizer';
import { attributedNetwork } from './testing/attributed-network.js';
import { dataSettings, openGraphData } from '../inputs/datasets.js';
import { remedySamples } from './try-remedies.js';

const graph: Graph = optimize(attributedNetwork({ seed: 1 })).graph;
const size = graph.tensors[graph.inputs[0]!]!.shape.reduce((product, each) => product * each);
const samples = Array.from({ length: 20 }, (_, seed) => ({ inputs: [new Float32Array(size).fill(seed + 1)] }));
const numbersOf = (taken: readonly (readonly ArrayLike<number | bigint>[])[]): number[] =>
  taken.map(([values]) => Number(values![0]));

it('takes those of --samples', async () => {
  const request = { evaluation: { name: 'twenty', samples }, samples: 6 };
  const { dataset } = await openGraphData(request.evaluation, graph, dataSettings(request));
  const evaluated: number[] = [];
  for await (const { inputs } of dataset.samples()) evaluated.push(...numbersOf([inputs]));
  expect(evaluated).toHaveLength(6);
  expect(numbersOf(await remedySamples(request, graph))).toEqual(evaluated);
  expect(await remedySamples({ ...request, samples: undefined }, graph)).toHaveLength(20);
});

it('takes none that scales are chosen by as well, be they few or all', async () => {
  const evaluation = { name: 'twenty', samples };
  const calibration = { name: 'others', samples: [...samples.slice(4, 17)].reverse() };
  const apart = await remedySamples({ evaluation, calibration }, graph);
  expect(numbersOf(apart)).toEqual([1, 2, 3, 4, 18, 19, 20]);
  expect(await remedySamples({ evaluation, calibration: { name: 'more', samples } }, graph)).toEqual([]);
});

it('spreads them over what is left', async () => {
  const many = Array.from({ length: 300 }, (_, seed) => ({ inputs: [new Float32Array(size).fill(seed + 1)] }));
  const found = numbersOf(await remedySamples({ evaluation: { name: 'many', samples: many } }, graph));
  expect(found).toHaveLength(96);
  expect([found[0]! < 5, found[95]! > 295]).toEqual([true, true]);
});
