// Where nothing is calibrated, samples are not said to be those of calibration, nor is anything said of scales chosen by them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploy } from './deploy.js';
import type { DeployRequest } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { reportText } from './report/report-text.js';
import { reportOf, type Report } from './report/report.js';
import { leftOpen, smallModel } from './testing/small-model.js';

const model = smallModel(leftOpen);
afterAll(() => model.remove());
const library = await readProfileFolder();

async function told(changes: Partial<DeployRequest>): Promise<{ readonly report: Report; readonly text: string }> {
  const deployment = await deploy({ ...model.request, ...changes }, library, deployHost('reference'), noProgress);
  const report = reportOf(deployment, deployment.files);
  return { report, text: reportText(report) };
}

const samples = model.request.calibration;

it('calls samples that are given to evaluate what they are', async () => {
  const given = { calibration: undefined, evaluation: samples, scheme: 'float32' } as const;
  const { report, text } = await told(given);
  expect([report.calibration, report.evaluation?.name]).toEqual([null, 'samples.csv']);
  expect(text).toMatch(/^evaluation {3}samples\.csv .*, 40 samples/m);
  expect(text).toMatch(/float32 against float on 40 evaluation samples/);
  expect(text).not.toMatch(/^calibration/m);
  expect(text).not.toContain('ACCURACY_ON_CALIBRATION_DATA');
});

it('says of calibration samples that scales were chosen by them where they were', async () => {
  const code = 'ACCURACY_ON_CALIBRATION_DATA';
  expect((await told({ scheme: 'int8' })).text).toContain(code);
  expect((await told({ scheme: 'float32' })).text).not.toContain(code);
  expect((await told({ scheme: 'float32', outputType: 'int8' })).text).toContain(code);
});

it('says of data of another range that it is cut off only where there is a scale', async () => {
  const path = join(model.folder, 'large.csv');
  writeFileSync(
    path,
    `${Array.from({ length: 20 }, (_, i) =>
      Array(32)
        .fill(20 + i)
        .join(','),
    ).join('\n')}\n`,
  );
  const evaluation = `${path}?columns=0-31&header=no`;
  expect((await told({ scheme: 'int8', evaluation })).text).toContain('EVALUATION_RANGE');
  expect((await told({ scheme: 'float32', evaluation })).text).not.toContain('EVALUATION_RANGE');
});

it('names the schemes that need no samples where none are given, and takes them', async () => {
  const without = { calibration: undefined, profile: 'raspberry-pi-5' } as const;
  await expect(told(without)).rejects.toThrow(
    /^DATA_NONE_GIVEN(.*\n)*.*, or choose --scheme float32, which needs none/,
  );
  expect((await told({ ...without, scheme: 'float32' })).text).toMatch(/^scheme {7}float32/m);
});
