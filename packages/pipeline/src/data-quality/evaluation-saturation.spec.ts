// Whether samples that chose no scale are cut off between the layers: brighter ones planted, and the advice followed.
import { reportOf } from '../report/report.js';
import { reportText } from '../report/report-text.js';
import { judgedRuns, rowsOf, times, type Row } from '../testing/judged-data.js';

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

it('leaves brighter samples, which are cut off at the input, to the warning that names the cause', async () => {
  const { verdict, saturation, warnings } = await judge(
    onAxes,
    diagonal.map((row) => times(row, 3)),
  );
  expect({ verdict, saturation: saturation!.verdict }).toEqual({ verdict: 'doubtful', saturation: 'more' });
  expect(warnings.map(({ code }) => code)).toEqual(['EVALUATION_RANGE']);
});

it('has nothing to compare on the calibration samples themselves, or on a handful', async () => {
  expect((await judge(rowsOf(64))).saturation).toBeNull();
  expect((await judge(rowsOf(64), anywhere.slice(0, 7))).saturation).toBeNull();
});

it('does not hold against calibration what is odd with evaluation samples alone', async () => {
  const { verdict, deployment } = await judge(rowsOf(64), [...anywhere, ...anywhere]);
  expect(deployment.warnings).toMatchObject([
    { code: 'DATA_DUPLICATE_SAMPLES', where: expect.stringContaining('evaluation') },
  ]);
  expect(verdict).toBe('sound');
});
