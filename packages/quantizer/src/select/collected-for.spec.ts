// Calibration collects what the choice will ask for, whatever is left open: nothing less, and the same comes of it as of everything.
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { calibrate } from '../calibrate/calibrate.js';
import { everything, type Collected } from '../calibrate/collection.js';
import { rangeMethods } from '../calibrate/range.js';
import { randomTensor } from '../testing/random-values.js';
import { samplesOf } from '../testing/small-network.js';
import { SampleReservoir } from './sample-reservoir.js';
import { collectedFor, select, type SelectOptions } from './select.js';

/** Two dense layers whose channels between them differ, so that they can be evened out. */
function paired(): Graph {
  const builder = new GraphBuilder('paired');
  const first = randomTensor([6, 8], 1).map((value, i) => value * 4 ** Math.floor(i / 8));
  const second = randomTensor([3, 6], 2).map((value, i) => value / 4 ** (i % 6));
  const hidden = builder.add(
    'FULLY_CONNECTED',
    [
      builder.input('x', [1, 8], 'float32'),
      builder.constant('w1', [6, 8], first, 'float32'),
      builder.constant('b1', [6], randomTensor([6], 3), 'float32'),
    ],
    { activation: 'RELU' },
    { origin: 'hidden' },
  );
  const [weights, bias] = [second, randomTensor([3], 4)];
  const scores = [
    hidden,
    builder.constant('w2', [3, 6], weights, 'float32'),
    builder.constant('b2', [3], bias, 'float32'),
  ];
  return builder.finish([builder.add('FULLY_CONNECTED', scores, {}, { origin: 'scores' })]);
}

const graph = paired();
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
    granularity: () => 'per-axis',
    inputType: 'int8',
    outputType: 'int8',
  };
  const [one, all] = [await selected(options, collectedFor(options)), await selected(options, everything)];
  expect(one.graph).toEqual(all.graph);
  expect(one.chosen).toEqual(all.chosen);
  if (choice.equalize === true) expect(one.equalizedPairs).toBe(1);
});
