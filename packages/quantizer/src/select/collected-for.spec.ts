// Calibration collects what the choice will ask for, whatever is left open: nothing less, and the same comes of it as of everything.
import { referenceEngine } from '@wherry/graph';
import { calibrate } from '../calibrate/calibrate.js';
import { everything, type Collected } from '../calibrate/collection.js';
import { rangeMethods } from '../calibrate/range-methods.js';
import { pairedLayers } from '../testing/paired-layers.js';
import { samplesOf } from '../testing/small-network.js';
import { SampleReservoir } from './sample-reservoir.js';
import { collectedFor, select, type SelectOptions } from './select.js';

const graph = pairedLayers();
const samples = samplesOf(graph, 24);

async function selected(options: SelectOptions, collected: Collected) {
  const reservoir = new SampleReservoir(samples.length);
  const stream = (async function* () {
    yield* samples;
  })();
  const calibration = await calibrate(graph, referenceEngine, stream, { count: samples.length, reservoir, collected });
  return select(graph, calibration, referenceEngine, reservoir.samples, options);
}

const open = [false, true, 'auto'] as const;
const choices = (['auto', ...rangeMethods] as const).flatMap((method) =>
  open.flatMap((equalize) => open.map((correctBias) => ({ method, equalize, correctBias }))),
);

it.each(choices)('$method, equalize $equalize, bias $correctBias', async (choice) => {
  const options: SelectOptions = {
    ...choice,
    percentile: 99.99,
    scheme: 'int8',
    granularity: () => 'per-axis',
    inputType: 'int8',
    outputType: 'int8',
  };
  const [one, all] = [await selected(options, collectedFor(options)), await selected(options, everything)];
  expect(one.graph).toEqual(all.graph);
  expect(one.chosen).toEqual(all.chosen);
  if (choice.equalize === true) expect(one.equalizedPairs).toBe(1);
});
