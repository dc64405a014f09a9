// What is said of layers that were looked at and differ in nothing.
import { GraphBuilder } from '@wherry/graph';
import type { Evidence } from '../evidence/evidence.js';
import type { KnownReport } from '../report/report.js';
import { layersOf } from './layers-of.js';
import type { Shown } from './shown.js';

const builder = new GraphBuilder('one');
const graph = builder.finish([builder.add('RELU', [builder.input('x', [1, 4])], {}, { origin: 'r' })]);
const layer = { layer: 'r', operator: 'RELU', output: { dtype: 'int8', shape: [1, 4] }, decision: '', outputScale: '' };
const seen = { counts: [4], taken: { low: 0, high: 1 }, covered: { low: 0, high: 1 }, values: 4, cutOff: 0 };
const evidence: Evidence = {
  decisions: [],
  layerSamples: 12,
  values: new Map([[graph.nodes[0]!.outputs[0]!, seen]]),
  inputShapes: [],
};

const layersWith = (sqnrDb: number | null | undefined) =>
  layersOf(
    { layers: [{ ...layer, sqnrDb }], noisiest: null } as unknown as KnownReport,
    { graph, evidence } as unknown as Shown,
  );

it('says how many samples values are of where no layer differs', () => {
  const { samples, words, rows } = layersWith(null);
  expect(samples).toBe(12);
  expect(words).toEqual([
    'No value of the one layer that could be compared differs from that of the float model, on 12 samples.',
  ]);
  expect(rows[0]!.histogram).toBeDefined();
});

it('says nothing of what could not be compared', () => {
  expect(layersWith(undefined).words).toEqual([]);
});
