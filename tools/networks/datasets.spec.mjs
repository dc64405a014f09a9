// What is drawn is the same for a seed, other samples for another, and every class has its turn.
import { networks } from './networks.mjs';
import { drawnParts } from './sample-parts.mjs';

const datasets = [...new Set(networks.map(({ dataset }) => dataset))];

it.each(datasets.map((dataset) => [dataset.name, dataset]))('%s come of a seed', (_, { draw, shape, labels }) => {
  const count = 3 * labels.length;
  const [first, again, other] = [draw(count, 5), draw(count, 5), draw(count, 6)];
  expect(first.values.length).toBe(count * shape.reduce((product, each) => product * each, 1));
  expect(again).toEqual(first);
  expect(other.values).not.toEqual(first.values);
  expect([...new Set(first.labels)]).toEqual(labels.map((_name, i) => i));
});

it('shares no sample between what is trained on, calibrated with and evaluated on', () => {
  const [network] = networks;
  const { calibration, evaluation, training } = drawnParts(
    { ...network, training: { ...network.training, samples: 200 } },
    1,
  );
  const size = network.dataset.shape.reduce((product, each) => product * each, 1);
  const samples = [calibration, evaluation, training].flatMap(({ values, labels }) =>
    Array.from(labels, (__, i) => Buffer.from(values.slice(i * size, (i + 1) * size)).toString('latin1')),
  );
  expect(new Set(samples).size).toBe(300 + 1000 + 200);
});
