// Which samples a measurement is of, and which form of the graph each of them is judged in.
import { referenceEngine } from '@wherry/graph';
import { explores, foldOf, type Fold } from '../calibrate/blocks.js';
import { judgedCalibration, samplesOf, smallNetwork } from '../testing/small-network.js';
import { Forms, type FormOptions } from './forms.js';
import { HeldOutJudge } from './held-out-judge.js';
import { judgements } from './judgement.js';
import type { Settings } from './settings.js';

const graph = smallNetwork();
const plain: Settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
};
// Of 64 samples in 16 blocks, 12 are left out, so that the parts differ in number.
const { calibration, judged } = await judgedCalibration(graph, samplesOf(graph, 64));
const samples = judged.filter(({ block }) => block < 13);
const judge = new HeldOutJudge(graph, referenceEngine, samples, 'int8');
const options: FormOptions = {
  percentile: 99.99,
  scheme: 'int8',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};
const forms = new Forms(graph, calibration, options, 1);
const blocksOf = (wanted: (block: number) => boolean): number[] =>
  samples.map(({ block }) => block).filter((block) => wanted(block));

it('counts what explores and what confirms', () => {
  expect([judge.count('explore'), judge.count('confirm')]).toEqual([28, 24]);
});

it('measures each half of a part in the form that is for it', async () => {
  const asked: Fold[] = [];
  const forFold = (fold: Fold) => {
    asked.push(fold);
    return forms.forFold(plain)(fold);
  };
  for (const part of ['explore', 'confirm'] as const) {
    const { errors } = await judge.measure(forFold, part);
    const own = (fold: Fold) => (block: number) => foldOf(block) === fold && explores(block) === (part === 'explore');
    expect(errors.blocks).toEqual([...blocksOf(own(0)), ...blocksOf(own(1))]);
    // The same as those samples alone, in that form.
    for (const fold of [0, 1] as const) {
      const alone = await judge.measureWhole(forms.forFold(plain)(fold), [part]);
      const wanted = alone.errors.reported.filter((_, i) => foldOf(alone.errors.blocks[i]!) === fold);
      expect(errors.reported.filter((_, i) => foldOf(errors.blocks[i]!) === fold)).toEqual(wanted);
    }
  }
  expect(asked).toEqual([0, 1, 0, 1]);
});

it('takes all samples, or a part, in one form made from all', async () => {
  const whole = forms.whole(plain);
  expect((await judge.measureWhole(whole)).errors.blocks).toEqual(blocksOf(() => true));
  expect((await judge.measureWhole(whole, ['confirm'])).errors.blocks).toEqual(blocksOf((block) => !explores(block)));
});

it('gives the same from a recording on as from the inputs', async () => {
  const position = 3;
  const base = forms.forFold(plain);
  const { errors, recordings } = await judge.measure(base, 'explore', { keepAt: [position] });
  expect((await judge.measure(base, 'explore', { from: { position, recordings } })).errors).toEqual(errors);
});

it('takes mean errors from the samples that it is told, each against its own', () => {
  const whole = forms.whole(plain);
  const { id } = judgements(graph)[0]!;
  const written = whole.tensorOf.get(id)!;
  const { scale, zeroPoint } = whole.graph.tensors[written]!.quantization!;
  // Off by 8 steps where a sample explores, by 16 where it confirms.
  const recording = samples.map(({ expected, block }) => {
    const steps = Int16Array.from(
      expected[0] as Float32Array,
      (value) => Math.round(value / scale[0]!) + zeroPoint[0]!,
    );
    return new Map([[written, steps.map((step) => step + (explores(block) ? 8 : 16))]]);
  });
  const measured = { errors: { reported: [], judged: [], blocks: [] }, recordings: [recording] };
  const stepsOf = (...parts: Parameters<typeof judge.channelErrors>[2]): number[] =>
    [...judge.channelErrors(whole, measured, parts).values()].flatMap((means) =>
      Array.from(means, (mean) => Math.round(mean / scale[0]!)),
    );
  expect(stepsOf('explore')).toEqual([8, 8, 8, 8]);
  expect(stepsOf('confirm')).toEqual([16, 16, 16, 16]);
  expect(stepsOf('explore', 'confirm')).toEqual([12, 12, 12, 12]);
});
