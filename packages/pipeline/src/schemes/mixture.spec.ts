// Whole runs that end in a mixture: raised for accuracy, lowered for memory, and none where one scheme will do.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type Graph } from '@wherry/graph';
import { loadProfiles } from '@wherry/profiles';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { attempt } from '../deploy.js';
import type { DeployRequest, Verdict } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { reportText } from '../report/report-text.js';
import { reportOf } from '../report/report.js';
import { smallModel } from '../testing/small-model.js';

const texts = await readProfileTexts();
const model = smallModel();
afterAll(() => model.remove());

const size = 16;

/** Five dense layers; what the second one writes is small beside one value that the third one does not look at. */
function uneven(): Graph {
  const builder = new GraphBuilder('uneven');
  let value = builder.input('x', [1, size], 'float32');
  for (const layer of [0, 1, 2, 3, 4]) {
    const bias = new Float32Array(size);
    if (layer === 1) bias[size - 1] = 2000;
    const weights = Float32Array.from({ length: size * size }, (_, i) => Math.sin(i * 12.9898 + layer) / 2);
    if (layer === 2) for (let row = 0; row < size; row++) weights[size * (row + 1) - 1] = 0;
    const constants = [
      builder.constant(`w${layer}`, [size, size], weights, 'float32'),
      builder.constant(`b${layer}`, [size], bias, 'float32'),
    ];
    value = builder.add('FULLY_CONNECTED', [value, ...constants], {}, { origin: `dense${layer}` });
  }
  return builder.finish([value]);
}

/** Convolutions: activations of the first ones are the largest, and between the last ones is a value that hides the others. */
function wide(): Graph {
  const builder = new GraphBuilder('wide');
  let value = builder.input('x', [1, 16, 16, 1], 'float32');
  [8, 8, 8, 2].forEach((channels, layer) => {
    const read = builder.tensor(value).shape[3]!;
    const weights = Float32Array.from({ length: channels * 9 * read }, (_, i) => Math.sin(i * 7.13 + layer) / 3);
    const bias = new Float32Array(channels);
    if (layer === 2) bias[channels - 1] = 500;
    if (layer === 3) weights.forEach((_, i) => (weights[i] = i % read === read - 1 ? 0 : weights[i]!));
    const constants = [
      builder.constant(`w${layer}`, [channels, 3, 3, read], weights, 'float32'),
      builder.constant(`b${layer}`, [channels], bias, 'float32'),
    ];
    const how = { padding: 'SAME', strideH: layer === 1 ? 2 : 1, strideW: layer === 1 ? 2 : 1 } as const;
    value = builder.add('CONV_2D', [value, ...constants], how, { origin: `conv${layer}` });
  });
  return builder.finish([value]);
}

const rowsOf = (count: number, scale: number): string =>
  Array.from({ length: 60 }, (_, row) =>
    Array.from({ length: count }, (_each, i) => (scale * Math.sin(row * 7.31 + i * 3.7)).toFixed(6)).join(','),
  ).join('\n');
writeFileSync(join(model.folder, 'far.csv'), rowsOf(size, 4));
for (const [name, graph, count] of [
  ['uneven', uneven(), size],
  ['wide', wide(), 256],
] as const) {
  writeFileSync(join(model.folder, `${name}.tflite`), encode(graphToModel(graph)));
  writeFileSync(join(model.folder, `${name}.csv`), rowsOf(count, 1));
}

function run(
  schemes: readonly object[],
  name: 'uneven' | 'wide' = 'uneven',
  changes: Partial<DeployRequest> = {},
): Promise<Verdict> {
  const document = { extends: 'stm32h7', id: 'own', name: 'Own', chip: 'a chip', schemes };
  const library = loadProfiles(new Map([...texts, ['own.json', JSON.stringify(document)]]));
  const request = {
    ...model.request,
    model: join(model.folder, `${name}.tflite`),
    calibration: `${join(model.folder, `${name}.csv`)}?header=no`,
    profile: 'own',
    ...changes,
  };
  return attempt(request, library, deployHost('reference'), noProgress);
}

it('raises the two layers that the noise comes of, and says how it found them', async () => {
  const { deployment } = await run([{ scheme: 'int8', limits: { sqnrDb: 25 } }, { scheme: 'int16x8' }]);
  const { mix, plan } = deployment!.quantized;
  expect(mix).toMatchObject({ low: 'int8', high: 'int16x8', of: 5 });
  expect([...mix!.raised].sort()).toEqual(['dense1', 'dense2']);
  expect(plan!.nodes.map(({ scheme }) => scheme)).toEqual(['int8', 'int16x8', 'int16x8', 'int8', 'int8']);
  expect(deployment!.accuracy[0]!.sqnrDb).toBeGreaterThan(25);
  expect(mix!.curve.some(({ layers, accurate }) => layers < 2 && !accurate)).toBe(true);
  expect(mix!.curve.find(({ layers }) => layers === 5)).toMatchObject({ accurate: true, workShare: 1 });
  const report = reportOf(deployment!, deployment!.files);
  expect(report.schemes.map(({ scheme, mixed, verdict }) => [scheme, mixed?.layers ?? 0, verdict])).toEqual([
    ['int8', 0, 'too inaccurate'],
    ['int8', 2, 'chosen'],
    ['int16x8', 0, 'not tried'],
  ]);
  const text = reportText(report);
  expect(text).toMatch(/^scheme {7}int8 with 2 of 5 layers in int16x8, ranges by min-max/m);
  expect(text).toMatch(/^ +2 of 5: 40 % of the work, [\d.]+ dB, arena [\d,]+, accurate enough$/m);
  expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
}, 30_000);

it('lowers as little as makes room', async () => {
  const whole = (await run([{ scheme: 'int16x8' }], 'wide')).deployment!;
  const least = (await run([{ scheme: 'int8' }], 'wide')).deployment!;
  expect(least.fit.ram.used).toBeLessThan(whole.fit.ram.used);
  const limits = { arenaBytes: Math.floor((whole.fit.ram.used + least.fit.ram.used) / 2) };
  const { deployment, refused } = await run([{ scheme: 'int16x8', limits }, { scheme: 'int8' }], 'wide');
  expect(refused).toBeUndefined();
  const { quantized, fit, accuracy } = deployment!;
  expect(fit.ram.used).toBeLessThanOrEqual(limits.arenaBytes);
  expect(quantized.mix).toMatchObject({ low: 'int8', high: 'int16x8', of: 4 });
  expect(quantized.mix!.raised).toEqual(expect.arrayContaining(['conv2', 'conv3']));
  expect(accuracy[0]!.sqnrDb).toBeGreaterThan(least.accuracy[0]!.sqnrDb + 10);
}, 30_000);

it('believes the samples that the run is judged by, and says what they refuted', async () => {
  const limited = [
    { scheme: 'int8', limits: { sqnrDb: 25 } },
    { scheme: 'int16x8', limits: { sqnrDb: 0 } },
  ];
  // Values far outside of what calibration has seen: nothing that is raised brings them back.
  const evaluation = `${join(model.folder, 'far.csv')}?header=no`;
  const { deployment } = await run(limited, 'uneven', { evaluation });
  expect(deployment!.quantized.mix).toBeNull();
  const mixed = deployment!.schemes.filter((trial) => trial.mixed !== null);
  expect(mixed.map((trial) => [trial.mixed!.layers, trial.verdict])).toEqual([
    [2, 'too inaccurate'],
    [3, 'too inaccurate'],
  ]);
  const refuted = mixed[1]!.curve.filter((point) => point.refuted).map(({ layers }) => layers);
  expect(refuted).toEqual([2]);
}, 30_000);

it('mixes nothing where the first scheme holds, and takes the next where no share of it is enough', async () => {
  const plain = await run([{ scheme: 'int8' }, { scheme: 'int16x8' }]);
  expect(plain.deployment!.quantized.mix).toBeNull();
  const none = await run([
    { scheme: 'int8', limits: { sqnrDb: 150 } },
    { scheme: 'int16x8', limits: { sqnrDb: 150 } },
    { scheme: 'float32' },
  ]);
  expect([none.deployment!.quantized.mix, none.deployment!.quantized.plan!.scheme]).toEqual([null, 'float32']);
  expect(none.deployment!.accuracy[0]!.sqnrDb).toBeGreaterThan(150);
  const report = reportOf(none.deployment!, none.deployment!.files);
  const passedOver = report.schemes.map(({ scheme, mixed, why }) => [scheme, mixed?.with ?? '', why]);
  expect(passedOver).toEqual([
    ['int8', '', expect.stringMatching(/dB/)],
    ['int8', 'int16x8', 'all layers in int16x8 are not enough'],
    ['int8', 'float32', 'all layers in float32 are not enough'],
    ['int16x8', '', expect.stringMatching(/dB/)],
    ['int16x8', 'float32', 'it takes all layers in float32'],
    ['float32', '', null],
  ]);
  expect(report.schemes[2]!.curve).toMatchObject([{ layers: 5, accurate: false, samples: 60 }]);
  expect(reportText(report)).toContain(
    'int8 with 5 of 5 layers in float32 was considered: too inaccurate; all layers in float32 are not enough',
  );
}, 30_000);
