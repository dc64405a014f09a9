// Features of different size: the cause is named where it does harm, its remedy works, and nothing is said where it does none.
import { deploy } from '../deploy.js';
import type { Deployment, DeployRequest } from '../deployment.js';
import { parsePreprocessing } from '@wherry/calibration-data';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { irregular, tableGraph, tableRun } from '../testing/table-model.js';
import { leadingNormalization } from './leading-normalization.js';

const library = await readProfileFolder();
const run = tableRun();
afterAll(() => run.remove());

const mean = [1000, 20, 50];
const std = [20, 4, 20];
const samples = Array.from({ length: 200 }, (_, row) => mean.map((m, i) => m + std[i]! * 1.7 * irregular(3 * row + i)));
const weights = [
  [0.5, 3, 1],
  [-0.5, -3, -1],
];
const labelled = samples.map((row) => {
  const score = weights[0]!.reduce((sum, w, i) => sum + (w * (row[i]! - mean[i]!)) / std[i]!, 0);
  return [...row, score > 0 ? 0 : 1];
});
const data = `${run.table('features.csv', labelled)}?label=3`;
const start = (normalized: boolean, changes: Partial<DeployRequest> = {}): Promise<Deployment> => {
  const graph = tableGraph(weights, 'SOFTMAX', normalized ? { mean, std } : undefined);
  const request = run.request(graph, { calibration: data, profile: 'esp32', scheme: 'int8', ...changes });
  return deploy(request, library, deployHost('reference'), noProgress);
};

it('names the features, the layer and the remedy, which works', async () => {
  const refusal = (await start(true).catch((error: unknown) => error)) as Error;
  expect(refusal.message).toMatch(
    /ACCURACY_BELOW_LIMIT.*one int8 step of the input is 4.*feature 1 is 13\.\d \(3 steps\)/s,
  );
  const [, means, stds] = /"norm".*mean=([\d.,-]+) --preprocess std=([\d.,-]+);/s.exec(refusal.message)!;
  const preprocessing = parsePreprocessing([`mean=${means}`, `std=${stds}`]);
  preprocessing.mean!.forEach((value, i) => expect(value).toBeCloseTo(mean[i]!, 2));
  const { accuracy, warnings } = await start(false, { preprocessing });
  expect(accuracy[0]!.top1!.quantizedRight).toBeGreaterThan(197);
  expect(warnings.map(({ code }) => code)).toEqual(['ACCURACY_ON_CALIBRATION_DATA']);
});

it('does not promise that an input of floats helps', async () => {
  await expect(start(true, { inputType: 'float32' })).rejects.toThrow(/--input-type float32 does not help/);
});

it('warns where no limit is set, and is silent where rounding does no harm', async () => {
  const free = await start(true, { profile: 'host-reference', calibration: run.table('bare.csv', samples) });
  expect(free.warnings.filter(({ code }) => code === 'INPUT_STEPS' || code === 'AGREEMENT_LOW')).toHaveLength(1);
  // The small features weigh next to nothing.
  const graph = tableGraph([[3, 0.01, 0.01]], 'linear', { mean, std });
  const request = run.request(graph, { calibration: run.table('light.csv', samples) });
  const { warnings } = await deploy(request, library, deployHost('reference'), noProgress);
  expect(warnings.map(({ code }) => code)).toEqual(['ACCURACY_ON_CALIBRATION_DATA']);
});

it('finds the normalization of a model by what it does', () => {
  const graph = tableGraph(weights, 'SOFTMAX', { mean, std });
  const found = leadingNormalization(graph, graph.inputs[0]!)!;
  expect(found.layer).toBe('norm');
  found.std.forEach((value, i) => expect(value).toBeCloseTo(std[i]!, 3));
  const bare = tableGraph(weights, 'SOFTMAX');
  expect(leadingNormalization(bare, bare.inputs[0]!)).toBeUndefined();
});
