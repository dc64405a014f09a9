// The rule of the default: what breaks it is said, what holds it is not, and a peer that fails is no comparison.
import { calibrations } from './defaults-calibrations.mjs';
import { faultsOf, report } from './defaults-report.mjs';

const row = (auto, fixed, peers = {}) => ({
  source: 'm.h5',
  calibration: 'ten',
  samples: 10,
  judged: 100,
  auto,
  fixed,
  peers,
});

describe('faultsOf', () => {
  it('lets one decibel and half a point pass, and no more', () => {
    const best = { 'min-max': { sqnrDb: 30, agree: 0.99, top1: 0.9 } };
    expect(faultsOf(row({ sqnrDb: 29, agree: 0.985, top1: 0.895 }, best))).toEqual([]);
    expect(faultsOf(row({ sqnrDb: 28.9, agree: 0.984, top1: 0.894 }, best))).toEqual([
      '1.10 dB below --method min-max',
      '0.60 points of agreement below --method min-max',
      '0.60 points of top-1 below --method min-max',
    ]);
  });

  it('is held to the best of methods and converters, figure by figure', () => {
    const fixed = { mse: { sqnrDb: 20 }, 'min-max': { sqnrDb: 24 } };
    expect(faultsOf(row({ sqnrDb: 23.5, auc: 0.9 }, fixed, { TensorFlow: { sqnrDb: 25, auc: 0.91 } }))).toEqual([
      '1.50 dB below TensorFlow',
      '1.00 points of AUC below TensorFlow',
    ]);
  });

  it('leaves out what failed, but not the default itself', () => {
    expect(faultsOf(row({ sqnrDb: 20 }, { mse: { error: 'x' } }, { TensorFlow: { error: 'y' } }))).toEqual([]);
    expect(faultsOf(row({ error: 'x' }, { mse: { sqnrDb: 20 } }))).toEqual(['the default fails: x']);
  });

  it('lets one decision pass where that is more than half a point', () => {
    const few = { ...row({ sqnrDb: 30, auc: 0.9 }, { mse: { sqnrDb: 30, auc: 0.9069 } }), finest: { auc: 1 / 144 } };
    expect(faultsOf(few)).toEqual([]);
    expect(faultsOf({ ...few, fixed: { mse: { sqnrDb: 30, auc: 0.9139 } } })).toEqual([
      '1.39 points of AUC below --method mse',
    ]);
  });

  it('compares no noise with noise', () => {
    expect(faultsOf(row({ sqnrDb: -5 }, { mse: { sqnrDb: 2.9 } }))).toEqual([]);
    expect(faultsOf(row({ sqnrDb: -5 }, { mse: { sqnrDb: 3 } }))).toEqual(['8.00 dB below --method mse']);
  });

  it('does not tell equal outputs from nearly equal ones', () => {
    expect(faultsOf(row({ sqnrDb: 95 }, { mse: { sqnrDb: Infinity } }))).toEqual([]);
  });
});

it('marks as chance what single samples cannot tell', () => {
  const decisions = (wrong) => Array.from({ length: 100 }, (_, i) => (i < wrong ? 0 : 1));
  const figures = (wrong) => ({ agree: 1 - wrong / 100, each: { agree: decisions(wrong) } });
  expect(report([row(figures(4), { mse: figures(2) })])).toContain(
    'chance  m.h5, ten: 2.00 points of agreement below --method mse (better in 0, worse in 2 decisions, p = 0.50)',
  );
  expect(report([row(figures(14), { mse: figures(2) })])).toContain('1 rows of 1 models: 0 held, 0 chance, 1 FAULT');
  const noise = (first) => ({ sqnrDb: 30 - first, each: { sqnrDb: [first, ...new Array(99).fill(0.01)] } });
  expect(report([row(noise(20), { mse: noise(1) })])).toMatch(/chance {2}m\.h5, ten: 19\.00 dB.*standard error/);
});

it('prints every fault, and what a peer could not do', () => {
  const text = report([row({ sqnrDb: 20 }, { mse: { sqnrDb: 30 } }, { TensorFlow: { error: 'no' } })]);
  expect(text).toContain('FAULT   m.h5, ten: 10.00 dB below --method mse');
  expect(text).toContain('left out  m.h5, ten: TensorFlow: no');
  expect(text).toContain('1 rows of 1 models: 0 held, 0 chance, 1 FAULT');
});

describe('calibrations', () => {
  const pool = Array.from({ length: 1000 }, (_, i) => ({ inputs: [Float32Array.of(i, 0, 0)], label: i % 4 }));
  const unlabelled = pool.map(({ inputs }) => ({ inputs }));

  it('take all up to 500, ten spread over the pool, one, and up to 100 of one class', async () => {
    expect(calibrations.full(pool)).toHaveLength(500);
    expect(calibrations.ten(pool).map(({ inputs }) => inputs[0][0])).toEqual([
      0, 100, 200, 300, 400, 500, 600, 700, 800, 900,
    ]);
    expect(calibrations.one(pool)).toEqual([pool[500]]);
    const ofClass = await calibrations.class(pool);
    expect([ofClass.length, new Set(ofClass.map(({ label }) => label))]).toEqual([100, new Set([1])]);
  });

  it('take the class that float sees most where labels are missing, and the low end of a regression', async () => {
    const seen = await calibrations.class(unlabelled, () => unlabelled.map((_, i) => [i < 600 ? 1 : 0, 0.5]));
    expect(Math.max(...seen.map(({ inputs }) => inputs[0][0]))).toBeLessThan(600);
    const low = await calibrations.class(unlabelled, () => unlabelled.map(() => [0]));
    expect(Math.max(...low.map(({ inputs }) => inputs[0][0]))).toBeLessThan(250);
  });

  it('take the windows of one recording', async () => {
    const windows = pool.map((sample, i) => ({ ...sample, group: Math.floor(i / 50) }));
    expect(new Set((await calibrations.class(windows)).map(({ group }) => group))).toEqual(new Set([0]));
  });
});
