// Whole trainings of a small model: what they bring, that they go on where they were stopped, and what they are refused for.
import { jest } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel } from '@wherry/importers';
import { trainingDefaults, type TrainingSettings } from '@wherry/trainer';
import { attempt } from '../deploy.js';
import type { Deployment, DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { reportText } from '../report/report-text.js';
import { reportOf } from '../report/report.js';
import { samplePartsOf } from './sample-parts.js';
import { smallModel } from '../testing/small-model.js';

// A busy machine may take long.
jest.setTimeout(120_000);

const library = await readProfileFolder();
const model = smallModel({ scheme: 'int4', profile: 'host-reference' });
afterAll(() => model.remove());

const phaseOf = (i: number, seed: number): number => ((i * 7 + seed) % 97) / 97;
const classOf = (i: number, seed: number): number => Math.floor(4 * phaseOf(i, seed));

/** Rows of waves, whose class is the quarter of the circle that they begin in. */
function table(name: string, count: number, seed: number, labelled = true, isIn = (_: number) => true): string {
  const rows = Array.from({ length: count }, (_, i) => i)
    .filter(isIn)
    .map((i) => {
      const values = Array.from({ length: 32 }, (__, k) =>
        Math.sin(2 * Math.PI * phaseOf(i, seed) + k * (0.5 + (i % 5) / 10)),
      );
      return [...values, ...(labelled ? [classOf(i, seed)] : [])].join(',');
    });
  writeFileSync(join(model.folder, name), `${rows.join('\n')}\n`);
  return `${join(model.folder, name)}?header=no${labelled ? '&label=32' : ''}`;
}
// Between the phases of the others, so that none is among them.
const evaluation = table('evaluation.csv', 120, 31.5);
const calibration = table('calibration.csv', 480, 1);
const unlabelled = table('unlabelled.csv', 100, 3, false);

const quick: TrainingSettings = { ...trainingDefaults, epochs: 4, rate: 0.002 };

function requestOf(changes: Partial<TrainingSettings> = {}, rest: Partial<DeployRequest> = {}): DeployRequest {
  return {
    ...model.request,
    calibration,
    evaluation,
    ...rest,
    training: { settings: { ...quick, ...changes }, ...rest.training },
  };
}

async function trained(request: DeployRequest): Promise<Deployment> {
  const { deployment, refused } = await attempt(request, library, deployHost('wasm', { lanes: 0 }), noProgress);
  if (deployment === undefined) throw refused.refusal;
  return deployment;
}

const bytesOf = ({ files }: Deployment): string => Buffer.from(files.get('model.tflite') as Uint8Array).toString('hex');

describe('a training', () => {
  it('takes all samples that are given for it, unless it is said how many', async () => {
    const data = table('many.csv', 620, 5, false);
    const taken = async (samples?: number): Promise<number> => {
      const settings = { ...quick, epochs: 1 };
      const { quantized } = await trained(requestOf({}, { samples, training: { settings, data } }));
      return quantized.training!.samples + quantized.training!.heldBack + quantized.training!.judging;
    };
    expect(await taken()).toBe(620);
    expect(await taken(300)).toBe(300);
  });

  it('brings a 4-bit model nearer to the float one, says by how much, and gives the same every time', async () => {
    const plain = await trained({ ...model.request, calibration, evaluation });
    const deployment = await trained(requestOf());
    const { training } = deployment.quantized;
    expect(training).toMatchObject({ taken: true, epochs: 4, samples: 358, heldBack: 61, judging: 61 });
    expect(training!.loss.after).toBeLessThan(training!.loss.before);
    expect(training!.again).toMatchObject({ samples: 480, evaluated: 120, shared: 0 });
    expect(training!.again!.outputs[0]).toMatchObject({
      verdict: 'gain',
      before: { sqnrDb: plain.accuracy[0]!.sqnrDb },
    });
    expect(training!.again!.outputs[0]!.after.sqnrDb).toBe(deployment.accuracy[0]!.sqnrDb);
    expect(deployment.accuracy[0]!.sqnrDb).toBeGreaterThan(plain.accuracy[0]!.sqnrDb + 1);
    const text = reportText(reportOf(deployment, deployment.files)).replace(/\s+/g, ' ');
    expect(text).toMatch(/trained by distillation on 358 samples for 4 epochs \(tfjs-wasm\)/);
    expect(text).toMatch(
      /epoch \d did best on \d+ samples held back: loss \S+ -> \S+ on \d+ others held back: SQNR .* a gain beyond chance trained once more on all 480 for \d epochs?, .* on 120 samples to evaluate: SQNR .* a gain beyond chance there too/,
    );
    expect(bytesOf(await trained(requestOf()))).toBe(bytesOf(deployment));
    expect(bytesOf(await trained(requestOf({ seed: 2 })))).not.toBe(bytesOf(deployment));
  });

  it('is held against weights that the samples held back had no part in', async () => {
    const parts = samplePartsOf(Array.from({ length: 480 }, (_, i) => classOf(i, 1)));
    const heldBack = table('held-back.csv', 480, 1, true, (i) => parts[i] === 'judges');
    const rounding = 'optimized';
    const plain = await trained({ ...model.request, calibration, rounding, evaluation: heldBack });
    const { quantized } = await trained(requestOf({ epochs: 1 }, { rounding }));
    expect(quantized.training!.judging).toBe(61);
    expect(quantized.training!.outputs[0]!.before.sqnrDb).not.toBeCloseTo(plain.accuracy[0]!.sqnrDb, 6);
  });

  it.each(['int8', 'int16x8'] as const)('knows the integers of %s', async (scheme) => {
    const { quantized } = await trained(requestOf({ epochs: 2 }, { scheme }));
    expect(quantized.training!.loss.after).toBeLessThanOrEqual(quantized.training!.loss.before);
    expect(quantized.plan!.scheme).toBe(scheme);
  });

  it('leaves the model as it was where it gains nothing, and says so', async () => {
    const ruined = { rate: 1, schedule: 'constant', warmup: 0, patience: 1, optimizer: 'sgd' } as const;
    const request = requestOf({ ...ruined, epochs: 1 });
    const [deployment, plain] = [await trained(request), await trained({ ...request, training: undefined })];
    expect(deployment.quantized.training).toMatchObject({ taken: false });
    expect(bytesOf(deployment)).toBe(bytesOf(plain));
    expect(deployment.warnings.map(({ code }) => code)).toContain('TRAINING_NO_GAIN');
  });

  it.each(['labels', 'both'] as const)('follows %s, where there are some', async (loss) => {
    const [deployment, other] = [await trained(requestOf({ loss })), await trained(requestOf())];
    expect(deployment.quantized.training!.settings.loss).toBe(loss);
    expect(bytesOf(deployment)).not.toBe(bytesOf(other));
  });

  it.each([
    { ranges: 'ema' },
    { ranges: 'fixed' },
    { augmentation: { noise: 0.1 } },
    { optimizer: 'momentum' },
  ] as const)('follows %j', async (changes) => {
    const [deployment, other] = [await trained(requestOf(changes)), await trained(requestOf())];
    expect(bytesOf(deployment)).not.toBe(bytesOf(other));
  });

  it('makes the share of weights zero that is asked for, and keeps them so in the file', async () => {
    const { tflite, quantized } = await trained(requestOf({ sparsity: 0.5, epochs: 6, rate: 0.005 }));
    const { graph } = importModel(tflite, { fileName: 'model.tflite' });
    const weights = graph.tensors.filter(({ dtype, data }) => dtype === 'int4' && data !== undefined);
    expect(weights.length).toBe(2);
    expect(quantized.training).toMatchObject({ taken: true });
    // Half of the epochs take to get there, and what was kept is one of those behind.
    expect(quantized.training!.keptEpoch).toBeGreaterThanOrEqual(3);
    for (const { data } of weights) {
      const zeros = Array.from(data!, Number).filter((value) => value === 0).length;
      expect(zeros / data!.length).toBeGreaterThanOrEqual(0.49);
    }
  });
});

describe('a checkpoint', () => {
  const checkpoint = join(model.folder, 'training.checkpoint');

  it.each([
    ['epoch 2:', /^epoch [0-2]:/],
    ['epoch 1 on all 480 samples:', /^epoch (\d|[01] on all 480 samples):/],
  ])('lets a training that was stopped behind "%s" go on to the same bytes', async (moment, done) => {
    for (const path of [checkpoint, `${checkpoint}.all`]) rmSync(path, { force: true });
    const whole = await trained(requestOf());
    const stop = new AbortController();
    const host = deployHost('wasm', { lanes: 0, signal: stop.signal });
    const watching = {
      ...noProgress,
      note: (text: string) => (text.startsWith(moment) ? stop.abort(new Error('stopped')) : undefined),
    };
    const request = requestOf({}, { training: { checkpoint, settings: quick } });
    await expect(attempt(request, library, host, watching)).rejects.toThrow('stopped');
    expect([existsSync(checkpoint), existsSync(`${checkpoint}.all`)]).toEqual([true, moment.includes('all')]);
    const notes: string[] = [];
    const { deployment } = await attempt(request, library, deployHost('wasm', { lanes: 0 }), {
      ...noProgress,
      note: (text) => notes.push(text),
    });
    expect(notes.filter((text) => done.test(text))).toEqual([]);
    expect(notes.some((text) => text.startsWith('epoch 2 on all'))).toBe(true);
    expect(bytesOf(deployment!)).toBe(bytesOf(whole));
  });

  it('of other settings, and what is none, is refused', async () => {
    const other = requestOf({}, { training: { checkpoint, settings: { ...quick, seed: 5 } } });
    await expect(trained(other)).rejects.toThrow(/CHECKPOINT_OTHER/);
    const broken = join(model.folder, 'broken');
    writeFileSync(broken, 'nothing of the kind');
    await expect(trained(requestOf({}, { training: { checkpoint: broken, settings: quick } }))).rejects.toThrow(
      /CHECKPOINT_UNREADABLE/,
    );
  });

  it('that could not be written is refused before any work is done', async () => {
    const host = { ...deployHost('wasm', { lanes: 0 }), engine: () => Promise.reject(new Error('work was begun')) };
    const refusal = (checkpoint: string) =>
      attempt(requestOf({}, { training: { checkpoint, settings: quick } }), library, host, noProgress);
    await expect(refusal(join(model.folder, 'no', 'folder'))).rejects.toThrow(/CHECKPOINT_ACCESS/);
    await expect(refusal(model.folder)).rejects.toThrow(/CHECKPOINT_ACCESS/);
    const place = join(model.folder, 'place');
    await expect(refusal(place)).rejects.toThrow('work was begun');
    expect(readdirSync(model.folder).filter((name) => name.includes('place'))).toEqual([]);
  });
});

it('says how many of the samples to evaluate the training was given as well', async () => {
  const rows = (path: string): string => readFileSync(path.split('?')[0]!, 'utf8');
  const mixed = join(model.folder, 'mixed.csv');
  writeFileSync(mixed, rows(evaluation) + rows(calibration).split('\n').slice(0, 30).join('\n') + '\n');
  const deployment = await trained(requestOf({}, { evaluation: `${mixed}?header=no&label=32` }));
  expect(deployment.quantized.training).toMatchObject({
    taken: true,
    again: { samples: 480, evaluated: 150, shared: 30 },
  });
  expect(deployment.warnings.map(({ what }) => what).join()).toContain('30 samples to evaluate are among those');
});

describe('a training is refused', () => {
  it('without other samples to judge it by', async () => {
    await expect(trained(requestOf({}, { evaluation: undefined }))).rejects.toThrow(/TRAINING_EVALUATION/);
    await expect(trained(requestOf({}, { evaluation: calibration }))).rejects.toThrow(/TRAINING_EVALUATION/);
    const settings = quick;
    await expect(trained(requestOf({}, { training: { data: evaluation, settings } }))).rejects.toThrow(
      /TRAINING_EVALUATION/,
    );
  });

  it('where every sample to judge it by is in another file, but in the training as well', async () => {
    const part = table('part.csv', 480, 1, true, (i) => i % 4 === 0);
    await expect(trained(requestOf({}, { evaluation: part }))).rejects.toThrow(/TRAINING_EVALUATION.*every one/s);
  });

  it('by labels that are not there, and of a handful of samples', async () => {
    const training = { data: unlabelled, settings: { ...quick, loss: 'labels' } } as const;
    await expect(trained(requestOf({}, { training }))).rejects.toThrow(/TRAINING_LABELS/);
    await expect(trained(requestOf({}, { samples: 12 }))).rejects.toThrow(/TRAINING_TOO_FEW/);
  });

  it('where it would decide nothing', async () => {
    await expect(trained(requestOf({}, { scheme: 'float32' }))).rejects.toThrow(/SETTING_UNUSED: .*training/);
    const given = join(model.folder, 'quantized.tflite');
    writeFileSync(given, (await trained({ ...model.request, calibration, evaluation })).tflite);
    await expect(trained(requestOf({}, { model: given }))).rejects.toThrow(/SETTING_UNUSED/);
  });

  it('where a setting of it would decide nothing, before anything is trained', async () => {
    await expect(trained(requestOf({ loss: 'labels', temperature: 4 }))).rejects.toThrow(
      /^SETTING_UNUSED: --temperature/,
    );
  });

  it('where it would throw the weights away', async () => {
    await expect(trained(requestOf({ rate: Number.NaN }))).rejects.toThrow(/TRAINING_DIVERGED/);
  });
});
