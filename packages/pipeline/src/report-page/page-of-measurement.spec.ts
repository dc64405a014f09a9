// The page of a measurement has its figures, and says of a device that computes something else which layer it is.
import { renderPage } from '@wherry/report-page';
import type { Measurement } from '../measure/measurement.js';
import { pageOfMeasurement } from './page-of-measurement.js';

const difference = { element: [0, 1], expected: 3, got: 4, differing: 2, of: 8, greatest: 1 };
const differing = {
  position: 0,
  layer: 'conv',
  operator: 'CONV_2D',
  shape: [1, 8],
  dtype: 'int8',
  input: 0,
  inputs: 1,
  difference,
};

const measurement = {
  schemaVersion: 1,
  ok: true,
  tool: { name: 'wherry', version: '0.1.0' },
  model: { file: 'model.tflite', sha256: 'ab' },
  profile: 'stm32f4',
  against: null,
  device: {
    emulated: 'netduinoplus2',
    recorded: false,
    chip: 'STM32F407VG',
    firmware: 'agent',
    runtime: 'compiled-c',
    runtimeCommit: '1',
    kernels: 'optimized',
  },
  parity: {
    verdict: 'identical',
    inputs: 3,
    inputsSaid: 'made up',
    tensors: 2,
    differing: [],
    faulty: [],
    close: 0,
    overwritten: [],
    printed: false,
    outputs: [],
    against: null,
  },
  cost: {
    unit: 'instructions',
    inference: 123_456,
    least: 123_456,
    most: 123_456,
    windows: 3,
    inferences: 3,
    clockRate: null,
    clockUncertainty: null,
    macs: 1000,
  },
  plain: null,
  layers: [
    { layer: 'conv', operator: 'CONV_2D', macs: 900, cost: 100_000, share: 0.81, perMac: 111.1, plainCost: null },
    { layer: 'dense', operator: 'FULLY_CONNECTED', macs: 100, cost: null, share: null, perMac: null, plainCost: null },
  ],
  memory: {
    arenaForetold: 500,
    arenaBytes: 600,
    arenaUsed: 500,
    stackBytes: null,
    stackUsed: 80,
    heapBytes: null,
    heapUsed: null,
    modelFlash: 4000,
  },
  warnings: [],
} as unknown as Measurement;

it('shows what each layer costs', () => {
  const page = pageOfMeasurement(measurement);
  expect(page.verdict).toMatchObject({ state: 'good', label: 'Computes what it should' });
  expect(page.cost!.rows.map(({ cost, share }) => [cost, share])).toEqual([
    [100_000, 0.81],
    [null, null],
  ]);
  expect(page.figures.map(({ value }) => value)).toEqual(['123,456', '500 bytes', '80 bytes', '4,000 bytes']);
  const text = renderPage(page);
  for (const shown of [
    'Cost of each layer in instructions',
    '81.0 %',
    'netduinoplus2, emulated in its place',
    'are no time',
  ])
    expect(text).toContain(shown);
});

it('names the layer that computes something else', () => {
  const parity = {
    ...measurement.parity,
    verdict: 'different',
    differing: [differing],
    faulty: [differing],
  } as unknown as Measurement['parity'];
  const page = pageOfMeasurement({ ...measurement, parity });
  expect(page.verdict).toMatchObject({ state: 'bad', label: 'Computes something else' });
  expect(page.parity!.rows).toEqual([{ layer: 'conv', what: expect.stringContaining('conv') }]);
});

it('says what plain kernels compute, where they alone are wrong', () => {
  const cost = { ...measurement.cost, inference: 400_000 } as Measurement['cost'];
  const own = { tensor: 0, ...differing } as unknown as NonNullable<Measurement['plain']>['faulty'][0];
  const plain = {
    verdict: 'different',
    differing: [own],
    faulty: [own],
    cost,
    disagreeing: [{ kernels: 'plain', tensor: own }],
  } as const;
  const layers = measurement.layers.map((layer, i) => ({ ...layer, plainCost: 300_000 + i }));
  const page = pageOfMeasurement({ ...measurement, plain, layers });
  expect(page.verdict).toMatchObject({ state: 'bad', label: 'Computes something else with plain kernels' });
  for (const words of [page.verdict.words, page.parity!.words])
    expect(words[1]).toBe('The plain kernel of conv (CONV_2D) computes otherwise than the other.');
  expect(page.parity!.rows).toEqual([
    { layer: 'conv', kernels: 'plain, otherwise than the other', what: expect.stringContaining('3') },
  ]);
  expect(page.figures[1]).toMatchObject({ label: 'Instructions an inference, plain kernels', value: '400,000' });
  expect(page.figures[1]!.words).toMatch(/of a wrong result$/);
  expect(renderPage(page)).toContain('300,001');
});

it('shows how near outputs come to those of the model that they are held against', () => {
  const figures = {
    name: 'y',
    samples: 3,
    acc: 1,
    rmse: 0.125,
    mae: 0.1,
    l2r: 0.01,
    mean: 0,
    std: 0.1,
    nse: null,
    cos: 1,
  };
  const against = { file: 'float.tflite', sha256: 'cd', numbers: 'float32' };
  const parity = { ...measurement.parity, against: [figures] };
  const page = pageOfMeasurement({ ...measurement, against, parity });
  expect(page.parity!.figures).toMatchObject([{ rows: [{ output: 'y', samples: 3, figures: { rmse: 0.125 } }] }]);
  const text = renderPage(page);
  for (const shown of ['Outputs against float.tflite (float32)', '0.125']) expect(text).toContain(shown);
  expect(pageOfMeasurement(measurement).parity!.figures).toEqual([]);
});

it('has no costs where nothing was timed', () => {
  const page = pageOfMeasurement({ ...measurement, cost: null, layers: [] });
  expect(page.cost).toBeUndefined();
  expect(renderPage(page)).not.toContain('Cost of each layer');
});
