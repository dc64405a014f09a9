// Whether other samples would have given other scales: faults planted among the calibration samples, and the advice followed.
import { reportOf } from '../report/report.js';
import { reportText } from '../report/report-text.js';
import { judgedRuns, rowsOf, sideOf, times, type Row } from '../testing/judged-data.js';
import { scaleWarnings } from './scale-quality.js';

const runs = await judgedRuns();
afterAll(() => runs.remove());

/** 16 blocks of four, of which every other is of the second half. */
const ofBlock = (i: number): number => Math.floor(i / 4);
const judge = async (calibration: readonly Row[]) => {
  const deployment = await runs.run(calibration);
  const warning = deployment.warnings.find(({ code }) => code === 'CALIBRATION_UNSTEADY');
  return { ...deployment.dataQuality!, warning, deployment };
};

it('says of samples that are alike that they are steady, and warns of nothing', async () => {
  const { verdict, scales, warning, deployment } = await judge(rowsOf(64));
  expect({ verdict, warning }).toEqual({ verdict: 'sound', warning: undefined });
  expect(scales).toMatchObject({ verdict: 'steady', samplesOfHalf: 32 });
  const text = reportText(reportOf(deployment, deployment.files));
  expect(text).toMatch(
    /\ndata {9}sound: .*\n {13}scales are steady: halves of 32 samples give scales within a factor of 1\.\d+ \(/,
  );
});

it('finds halves of two loudnesses, and is content with more samples of both', async () => {
  const { verdict, scales, warning } = await judge(rowsOf(64, (row, i) => times(row, ofBlock(i) % 2 === 1 ? 3 : 1)));
  expect({ verdict, scales: scales.verdict }).toEqual({ verdict: 'doubtful', scales: 'would move' });
  expect(warning).toMatchObject({
    what: expect.stringMatching(/to 2 of 2 tensors: .*dense, where one is [23]\.\d times as large as the other/),
    next: expect.stringMatching(
      /^give more samples, 64 more to begin with: ranges of quarters differ by a factor of 2\.\d\d .* halves by 1\.\d\d/,
    ),
  });
  const more = await judge(rowsOf(128, (row, i) => times(row, i % 3 === 1 ? 3 : 1)));
  expect(more).toMatchObject({ verdict: 'sound', scales: { verdict: 'steady' }, warning: undefined });
});

it('has more of the data taken where it has more, and asks for other data where all was taken', async () => {
  const some = rowsOf(640).filter((row) => sideOf(row) !== 1);
  const advised = async (samples: number) => {
    const { warnings } = await runs.run(some, { changes: { samples } });
    return warnings.map(({ code, next }) => `${code} ${next}`).join('\n');
  };
  const taking = `take more of the ${some.length} that the data has, with a larger --samples`;
  expect(await advised(20)).toContain(`DATA_FEW_SAMPLES ${taking}: 32 at least, better 100, that reach`);
  expect(await advised(64)).toMatch(new RegExp(`CALIBRATION_CLASSES give .*; where they are in the data, ${taking}`));
  const all = await advised(some.length);
  expect(all).toMatch(/^CALIBRATION_CLASSES /m);
  expect(all).not.toContain('--samples');
  const spread = { quarters: 2.5, halves: 1.3 };
  const steadiness = { samples: 32, tensors: [{ id: 0, ratio: 3, clipped: undefined, farthest: undefined }], spread };
  const worst = [{ layer: 'dense', ratio: 3, clipped: null }];
  const quality = { verdict: 'would move', samplesOfHalf: 32, worst, spread } as const;
  const nextOf = (more?: string) => scaleWarnings(steadiness, quality, [], more)[0]?.next;
  expect(nextOf()).toMatch(/^give more samples, 64 more to begin with/);
  expect(nextOf(taking)).toMatch(new RegExp(`^${taking}, 64 more to begin with`));
});

it('finds what one part of the data alone has, and is content where it is in all parts', async () => {
  const { warning } = await judge(rowsOf(64, (row, i) => times(row, ofBlock(i) === 5 ? 4 : 1)));
  expect(warning?.next).toMatch(
    /^halves agree no better than quarters .* not known to help: see that every kind of sample .* in all parts of the data$/,
  );
  const spread = await judge(rowsOf(64, (row, i) => times(row, i % 4 === 2 ? 4 : 1)));
  expect(spread).toMatchObject({ verdict: 'sound', warning: undefined });
});

it('finds the one sample that makes a scale, and is content without it', async () => {
  const planted = rowsOf(64, (row, i) => (i === 41 ? [9, -9] : row));
  const { warning, deployment } = await judge(planted);
  // The first row of the table has the names.
  expect(warning?.next).toMatch(
    /^look at sample \S*4\d, which alone makes the range there \d\.\d times as wide: leave it out/,
  );
  // Not the class that it is of.
  expect(deployment.dataQuality!.findings).toEqual(['CALIBRATION_UNSTEADY']);
  const without = await judge(planted.filter((_, i) => i !== 41));
  expect(without).toMatchObject({ verdict: 'sound', warning: undefined });
});

it('names few samples on another scale, where more would not help, and is content once they are on that of the others', async () => {
  const isOdd = (i: number): boolean => i === 9 || i === 40 || i === 41;
  const { verdict, findings, scales, warning, deployment } = await judge(
    rowsOf(64, (row, i) => (isOdd(i) ? times(row, 255) : row)),
  );
  expect({ verdict, findings, scales: scales.verdict, warning }).toEqual({
    verdict: 'doubtful',
    findings: ['DATA_MIXED_SCALES'],
    scales: 'would move',
    warning: undefined,
  });
  expect(deployment.warnings.find(({ code }) => code === 'DATA_MIXED_SCALES')).toMatchObject({
    where: 'samples 9, 40 to 41',
    next: expect.stringMatching(/divide the values of these 3 by about \d+,/),
  });
  expect((await judge(rowsOf(64))).findings).toEqual([]);
});

it('sums up whatever speaks against the data, and names it', async () => {
  const rows = rowsOf(64);
  const { verdict, findings, scales, deployment } = await judge([...rows, ...rows]);
  expect({ verdict, findings, scales: scales.verdict }).toEqual({
    verdict: 'doubtful',
    findings: ['DATA_DUPLICATE_SAMPLES'],
    scales: 'steady',
  });
  expect(reportText(reportOf(deployment, deployment.files))).toContain(
    '\ndata         doubtful for choosing scales: see DATA_DUPLICATE_SAMPLES below\n',
  );
});

it('does not judge by a handful', async () => {
  const { verdict, scales, findings, warning, deployment } = await judge(
    rowsOf(12, (row, i) => times(row, i % 2 === 1 ? 9 : 1)),
  );
  expect({ verdict, scales: scales.verdict, warning }).toEqual({
    verdict: 'doubtful',
    scales: 'unknown',
    warning: undefined,
  });
  expect(findings).toEqual(['DATA_FEW_SAMPLES']);
  expect(reportText(reportOf(deployment, deployment.files))).toContain('too few samples to tell');
});

it('has no opinion where no scale is chosen by samples', async () => {
  const deployment = await runs.run(rowsOf(64), {
    changes: {
      method: 'auto',
      biasCorrection: 'auto',
      equalization: 'auto',
      rounding: 'auto',
      weightClipping: 'auto',
      scheme: 'float32',
    },
  });
  expect(reportOf(deployment, deployment.files).dataQuality).toBeNull();
});
