// Whether samples that chose no scale are cut off between the layers: brighter ones planted, and the advice followed.
import { reportOf } from '../report/report.js';
import { reportText } from '../report/report-text.js';
import { judgedRuns, rowsOf, sideOf, times, type Row } from '../testing/judged-data.js';

const runs = await judgedRuns();
afterAll(() => runs.remove());

/** On the axes, as far as 1: no score is beyond 6. */
const onAxes = rowsOf(64, ([a, b], i) => (i % 2 === 0 ? [a, 0] : [0, b]));
const anywhere = rowsOf(192).slice(64);
/** Both values as far at once: the third score goes to 12. */
const diagonal = rowsOf(192, ([a]) => [a, 0.9 * a]).slice(64);
const judge = async (calibration: readonly Row[], evaluation?: readonly Row[]) => {
  const deployment = await runs.run(calibration, evaluation && { evaluation });
  const { verdict, saturation } = deployment.dataQuality!;
  const warnings = deployment.warnings.filter(({ code }) => code.startsWith('EVALUATION_'));
  return { verdict, saturation, warnings, deployment };
};

it('finds samples of the same kind cut off as little, and says so', async () => {
  const { verdict, saturation, warnings, deployment } = await judge(rowsOf(64), anywhere);
  expect({ verdict, warnings }).toEqual({ verdict: 'sound', warnings: [] });
  expect(saturation).toMatchObject({ verdict: 'as in calibration', samples: 64 });
  expect(reportText(reportOf(deployment, deployment.files))).toContain(
    'evaluation samples are cut off as calibration samples are: at most 1.56 % of the values',
  );
});

it('finds a layer that is cut off though the input is not, until calibration has such samples', async () => {
  const { verdict, saturation, warnings, deployment } = await judge(onAxes, diagonal);
  expect({ verdict, saturation: saturation!.verdict }).toEqual({ verdict: 'doubtful', saturation: 'more' });
  const [worst] = saturation!.worst;
  expect(worst).toMatchObject({ layer: 'dense' });
  expect(worst!.evaluation).toBeGreaterThan(0.1);
  expect(worst!.calibration).toBeLessThan(0.02);
  expect(warnings).toMatchObject([
    {
      code: 'EVALUATION_SATURATES',
      where: 'dense',
      next: expect.stringMatching(/^calibrate with samples as strong as those of t\d+\.csv as well/),
    },
  ]);
  expect(reportText(reportOf(deployment, deployment.files))).toContain('evaluation samples are cut off more: at most ');
  const followed = await judge([...onAxes, ...diagonal.slice(0, 64)], diagonal.slice(64));
  expect(followed).toMatchObject({ verdict: 'sound', warnings: [] });
});

it('counts at the input what the warning counts, where nothing behind it is cut off', async () => {
  const brighter = onAxes.map((row) => times(row, 1.8));
  const { saturation, warnings, deployment } = await judge(diagonal, brighter);
  const [worst] = saturation!.worst;
  expect(saturation!.verdict).toBe('more');
  expect(worst).toMatchObject({ layer: 'input x', isInput: true, calibration: 0 });
  expect(warnings.map(({ code }) => code)).toEqual(['EVALUATION_RANGE']);
  const percent = `${(100 * worst!.evaluation).toFixed(2)} % of the values lie outside of`;
  expect(warnings[0]!.what).toContain(percent);
  expect(reportText(reportOf(deployment, deployment.files))).toContain(
    `are cut off more: at most ${percent} the scale (input`,
  );
});

it('says of few values outside of the input that there are some', async () => {
  const { saturation, warnings, deployment } = await judge(rowsOf(64), [...anywhere.slice(1), [1.3, 0]]);
  expect({ verdict: saturation!.verdict, warnings }).toEqual({ verdict: 'as in calibration', warnings: [] });
  expect(saturation!.worst.find(({ isInput }) => isInput)).toMatchObject({ evaluation: 1 / 256, calibration: 0 });
  expect(deployment.dataQuality!.verdict).toBe('sound');
});

it('leaves brighter samples, which are cut off at the input, to the warning that names the cause', async () => {
  const { verdict, saturation, warnings } = await judge(
    onAxes,
    diagonal.map((row) => times(row, 3)),
  );
  expect({ verdict, saturation: saturation!.verdict }).toEqual({ verdict: 'doubtful', saturation: 'more' });
  expect(warnings.map(({ code }) => code)).toEqual(['EVALUATION_RANGE']);
});

it('has nothing to compare on the calibration samples themselves, be they in another file, or on a handful', async () => {
  expect((await judge(rowsOf(64))).saturation).toBeNull();
  const rows = rowsOf(64);
  const deployment = await runs.run(rows, { evaluation: rows, labels: rows.map(sideOf) });
  expect(deployment.evaluation!.sha256).not.toBe(deployment.calibration!.sha256);
  expect({
    saturation: deployment.dataQuality!.saturation,
    codes: deployment.warnings.map(({ code }) => code),
  }).toEqual({ saturation: null, codes: ['ACCURACY_ON_CALIBRATION_DATA'] });
  expect(reportText(reportOf(deployment, deployment.files))).toContain('on 64 calibration samples');
  expect((await judge(rowsOf(64), anywhere.slice(0, 7))).saturation).toBeNull();
});

it('does not hold against calibration what is odd with evaluation samples alone', async () => {
  const { verdict, deployment } = await judge(rowsOf(64), [...anywhere, ...anywhere]);
  expect(deployment.warnings).toMatchObject([
    { code: 'DATA_DUPLICATE_SAMPLES', where: expect.stringContaining('evaluation') },
  ]);
  expect(verdict).toBe('sound');
});
