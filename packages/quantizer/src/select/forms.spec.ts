// What a form is made of: the samples of the other half, and of their number only what their variety makes of it.
import { equalize } from '../equalize/equalize.js';
import { calibrated, samplesOf, smallNetwork } from '../testing/small-network.js';
import { samplesFor, twoDenseLayers } from '../testing/two-dense-layers.js';
import { Forms, type FormOptions } from './forms.js';
import type { Settings } from './settings.js';

const options: FormOptions = {
  percentile: 99.99,
  scheme: 'int8',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};
const plain: Settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
};

describe('evened channels', () => {
  const graph = twoDenseLayers();

  it.each([0, 0.5, 1])('count as many samples as they are many-sided (%d)', async (variety) => {
    const calibration = await calibrated(graph, samplesFor(64, 0.02));
    const even = equalize(graph, calibration, 64 * variety);
    const expected =
      even === undefined
        ? new Forms(graph, calibration, options, 1).whole(plain)
        : new Forms(even.graph, even.calibration as never, options, 1).whole(plain);
    const given = new Forms(graph, calibration, options, variety).whole({ ...plain, equalized: true });
    expect(given.graph).toEqual(expected.graph);
  });

  it('come out otherwise for one-sided samples', async () => {
    const calibration = await calibrated(graph, samplesFor(64, 0.02));
    const formOf = (variety: number) =>
      new Forms(graph, calibration, options, variety).whole({ ...plain, equalized: true }).graph;
    expect(formOf(0)).not.toEqual(formOf(1));
  });
});

it('the form for a half is what the other half alone would give', async () => {
  const graph = smallNetwork();
  const samples = samplesOf(graph, 32).map((feeds, i) =>
    feeds.map((data) => (data as Float32Array).map((value) => value * (1 + i))),
  );
  const calibration = await calibrated(graph, samples);
  const forFold = new Forms(graph, calibration, options, 1).forFold(plain);
  for (const fold of [0, 1] as const) {
    const other = new Forms(graph, { ...calibration.folds![1 - fold]!, folds: undefined }, options, 1);
    expect(forFold(fold).graph).toEqual(other.whole(plain).graph);
  }
  expect(forFold(0).graph).not.toEqual(forFold(1).graph);
});
