// What accuracy a profile lets pass, and what is worth a warning.
import { findProfile } from '@wherry/profiles';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { accuracyGate } from './accuracy-gate.js';
import { accuracyWarnings, passedByWarnings, type AccuracyContext } from './accuracy-warnings.js';
import { forcedChoices } from './forced-choices.js';
import type { Top1 } from './class-judge.js';
import type { OutputComparison } from './output-comparison.js';

const output = (samples: number, top1?: Top1): OutputComparison => ({
  name: 'y',
  task: top1 === undefined ? 'values' : 'classes',
  samples,
  sqnrDb: 20,
  cosine: 0.99,
  greatestError: 1,
  meanError: 0.5,
  ...(top1 === undefined ? {} : { top1 }),
});

/** A method and no correction, all else as it is measured. */
const plainest = {
  method: 'min-max',
  biasCorrection: false,
  equalization: 'auto',
  rounding: 'auto',
  weightClipping: 'auto',
  compactMatrices: false,
} as const;
const seen: AccuracyContext = { scheme: 'int8', namesGiven: false, inputs: [], onCalibrationData: false };

/** Warnings, or the refusal thrown. */
type Given =
  Parameters<typeof accuracyGate> extends [infer Aim, infer Place, ...infer Rest]
    ? [aim: { target: Aim; place: Place }, ...Rest]
    : never;

function requireAccuracy(...[{ target: aim, place }, ...given]: Given): ReturnType<typeof accuracyGate>['warnings'] {
  const { warnings, refusal } = accuracyGate(aim, place, ...given);
  if (refusal !== undefined) throw refusal;
  return warnings;
}

async function target(accuracyDropPoints?: number): Promise<Given[0]> {
  const limits = accuracyDropPoints === undefined ? {} : { limits: { accuracyDropPoints } };
  return withLimits(limits);
}

async function withLimits(place: Pick<Given[0]['place'], 'limits'>): Promise<Given[0]> {
  return { target: findProfile(await readProfileFolder(), 'esp32'), place: { scheme: 'int8', position: 0, ...place } };
}

it('refuses a greater loss than the profile allows', async () => {
  const strict = await target(1);
  const losing = (points: number, labelled = 200): OutputComparison[] => [
    output(labelled, {
      decisions: labelled,
      agree: labelled,
      labelled,
      floatRight: labelled,
      quantizedRight: labelled * (1 - points / 100),
    }),
  ];
  expect(() => requireAccuracy(strict, losing(1.5))).toThrow(
    /ACCURACY_BELOW_LIMIT: top-1 falls by 1\.5 points on 200 samples, esp32 allows 1/,
  );
  expect(() => requireAccuracy(strict, losing(1.5), { forced: forcedChoices(plainest) })).toThrow(
    'leave --method min-max --no-bias-correction away',
  );
  expect(() => requireAccuracy(strict, losing(1))).not.toThrow();
  expect(() => requireAccuracy(strict, losing(-3))).not.toThrow();
  // A quarter of 4 samples is chance.
  expect(() => requireAccuracy(strict, losing(25, 4))).not.toThrow();
});

it('warns of a loss above the limit that the decisions that differ could have made by chance', async () => {
  const strict = await target(2);
  const losing = (lost: number, labelled: number): OutputComparison[] => [
    output(labelled, {
      decisions: labelled,
      agree: labelled - lost,
      labelled,
      floatRight: labelled,
      quantizedRight: labelled - lost,
    }),
  ];
  expect(requireAccuracy(strict, losing(2, 120))).toEqual([]);
  const [near] = requireAccuracy(strict, losing(3, 120));
  expect(near).toMatchObject({
    code: 'ACCURACY_NEAR_LIMIT',
    what: expect.stringContaining('2.5 points on 120 samples'),
    next: 'give more labelled samples with --evaluation',
  });
  expect(requireAccuracy(strict, losing(3, 120), { more: 'take more' })).toMatchObject([{ next: 'take more' }]);
  expect(() => requireAccuracy(strict, losing(30, 500))).toThrow(/ACCURACY_BELOW_LIMIT/);
});

it('lets everything pass where the profile sets no limit or the output has no classes', async () => {
  const free = await target();
  expect(() =>
    requireAccuracy(free, [
      output(200, { decisions: 200, agree: 0, labelled: 200, floatRight: 200, quantizedRight: 0 }),
    ]),
  ).not.toThrow();
  expect(() => requireAccuracy({ ...free }, [output(200)])).not.toThrow();
});

it('warns of few equal decisions and of accuracy on calibration data', () => {
  const codes = (onCalibrationData: boolean, agree: number): string[] =>
    accuracyWarnings({ ...seen, onCalibrationData }, [
      output(10, { decisions: 10, agree, labelled: 0, floatRight: 0, quantizedRight: 0 }),
    ]).map(({ code }) => code);
  expect(codes(false, 9)).toEqual([]);
  expect(codes(false, 8)).toEqual(['AGREEMENT_LOW']);
  expect(codes(true, 10)).toEqual(['ACCURACY_ON_CALIBRATION_DATA']);
});

it('warns of values that are far off where there are no classes', () => {
  const warnings = (...sqnr: number[]): string[] =>
    accuracyWarnings(
      seen,
      sqnr.map((sqnrDb) => ({ ...output(10), sqnrDb })),
    ).map(({ code, what }) => `${code}: ${what}`);
  expect(warnings(10, Infinity)).toEqual([]);
  expect(warnings(20, 6, -1)).toEqual([
    "VALUES_FAR: int8 differs from float by 50 % of the values' size (SQNR 6.0 dB)",
    "VALUES_FAR: int8 differs from float by 112 % of the values' size (SQNR -1.0 dB)",
  ]);
  // Decisions are what matters of classes.
  expect(
    accuracyWarnings(seen, [
      { ...output(10, { decisions: 10, agree: 10, labelled: 0, floatRight: 0, quantizedRight: 0 }), sqnrDb: 3 },
    ]),
  ).toEqual([]);
});

it('holds yes and no to the limit too, and names the scale of the input as the cause where it is', async () => {
  const binary = { at: 0.5, decisions: 200, agree: 190, labelled: 200, floatRight: 200, quantizedRight: 190 };
  const losing: OutputComparison = { ...output(200), task: 'binary', threshold: binary };
  const strict = await target(1);
  expect(() => requireAccuracy(strict, [losing])).toThrow(/accuracy falls by 5\.0 points on 200 decisions/);
  const cause = { what: 'one int8 step is 4', next: 'normalize in front', input: 'x' };
  expect(() => requireAccuracy(strict, [losing], { cause })).toThrow(
    /the cause: one int8 step is 4.*input x.*next {2}normalize in front/s,
  );
  const warned = accuracyWarnings({ ...seen, cause }, [{ ...losing, threshold: { ...binary, agree: 100 } }]);
  expect(warned).toMatchObject([{ code: 'AGREEMENT_LOW', next: 'normalize in front' }]);
  expect(accuracyWarnings({ ...seen, cause }, [losing])).toMatchObject([{ code: 'INPUT_STEPS', where: 'input x' }]);
});

it('tells what a scheme of fewer bits lost at the input, once', () => {
  const cause = { what: 'one int8 step is 4', next: 'normalize in front', input: 'x' };
  const told = passedByWarnings('int8', cause, []);
  expect(told).toMatchObject([
    {
      code: 'INPUT_STEPS',
      what: 'int8 was too inaccurate since one int8 step is 4',
      next: 'for int8: normalize in front',
    },
  ]);
  expect(passedByWarnings('int8', cause, told)).toEqual([]);
});

it('takes no flip of an undecided sigmoid for a loss', () => {
  const flipping = { at: 0.5, decisions: 10, agree: 5, labelled: 0, floatRight: 0, quantizedRight: 0 };
  const output4 = { ...output(10), task: 'multi-label', threshold: flipping } as const;
  expect(accuracyWarnings(seen, [{ ...output4, meanError: 0.01 }])).toEqual([]);
  expect(accuracyWarnings(seen, [{ ...output4, meanError: 0.2 }])).toMatchObject([{ code: 'AGREEMENT_LOW' }]);
});

it('warns of classes that change, however small the errors of their scores are', () => {
  const changing = output(10, { decisions: 10, agree: 5, labelled: 0, floatRight: 0, quantizedRight: 0 });
  expect(accuracyWarnings(seen, [{ ...changing, meanError: 1e-4 }])).toMatchObject([{ code: 'AGREEMENT_LOW' }]);
});

it('decisions of one sample fall together, so that a loss in few samples may be chance', async () => {
  const strict = await target(1);
  const lost = { decisions: 20_000, agree: 19_000, labelled: 20_000, floatRight: 20_000, quantizedRight: 19_600 };
  expect(requireAccuracy(strict, [output(20, lost)])).toMatchObject([
    { code: 'ACCURACY_NEAR_LIMIT', what: expect.stringContaining('on 20000 decisions') },
  ]);
  expect(() => requireAccuracy(strict, [output(20_000, lost)])).toThrow('ACCURACY_BELOW_LIMIT');
});

it('holds the same decisions, and the noise of the outputs, to limits of their own', async () => {
  const agreeing = (agree: number): OutputComparison[] => [
    output(200, { decisions: 200, agree, labelled: 0, floatRight: 0, quantizedRight: 0 }),
  ];
  const same = await withLimits({ limits: { agreementPercent: 95 } });
  expect(() => requireAccuracy(same, agreeing(190))).not.toThrow();
  expect(() => requireAccuracy(same, agreeing(189))).toThrow(
    /ACCURACY_BELOW_LIMIT: 94\.5 % of 200 decisions are those of the float model, esp32 asks for 95/,
  );
  // Nothing is decided here.
  expect(() => requireAccuracy(same, [output(200)])).not.toThrow();
  expect(() => requireAccuracy(within(20), [output(200)])).not.toThrow();
  expect(() => requireAccuracy(within(20.1), [output(200)])).toThrow(
    /ACCURACY_BELOW_LIMIT: the outputs have 20\.0 dB of signal to noise, esp32 asks for 20\.1/,
  );
  function within(sqnrDb: number): Given[0] {
    return { ...same, place: { ...same.place, limits: { sqnrDb } } };
  }
});
