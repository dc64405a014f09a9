// The page has the figures of the report, of a run that went well and of one that was refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProfiles } from '@wherry/profiles';
import { renderPage, type OutputAccuracy } from '@wherry/report-page';
import { attempt } from '../deploy.js';
import type { Verdict } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { reportOf } from '../report/report.js';
import { leftOpen, smallModel, type SmallModel } from '../testing/small-model.js';
import { pageOfDeployment, pageOfRefusal } from './page-of-run.js';

let model: SmallModel;
beforeEach(() => (model = smallModel()));
afterEach(() => model.remove());

const texts = await readProfileTexts();

function libraryOf(board?: object) {
  const own = { extends: 'rp2040', id: 'own', name: 'Own', chip: 'a chip', ...board };
  return { library: loadProfiles(new Map([...texts, ['own.json', JSON.stringify(own)]])) };
}

/** `board`: on the Pico, but for that. */
async function run(changes: Partial<SmallModel['request']> = {}, board?: object): Promise<Verdict> {
  const { library } = libraryOf(board);
  const request = { ...model.request, ...(board && { profile: 'own' }), ...changes };
  return attempt(request, library, deployHost('reference', { keepEvidence: true }), noProgress);
}

it('shows what the report of a deployment has', async () => {
  const { deployment } = await run(leftOpen);
  const report = reportOf(deployment!, deployment!.files);
  const page = pageOfDeployment(deployment!);
  expect(page.verdict).toMatchObject({ state: 'good', label: 'Fits esp32' });
  expect(page.fit!.bars.map(({ used, available }) => ({ used, available }))).toEqual([
    report.memory.flash,
    report.memory.ram,
  ]);
  expect(
    page.layers!.rows.map(({ layer, operator, macs, weightBytes, liveBytes }) => ({
      layer,
      operator,
      macs,
      weightBytes,
      liveBytes,
    })),
  ).toEqual(
    report.layers.map(({ layer, operator, macs, weightBytes, liveBytes }) => ({
      layer,
      operator,
      macs,
      weightBytes,
      liveBytes,
    })),
  );
  expect(page.accuracy!.outputs.map(({ sqnrDb }) => sqnrDb)).toEqual(report.accuracy.map(({ sqnrDb }) => sqnrDb));
  expect(page.candidates!.rows.map(({ sqnrDb }) => sqnrDb)).toEqual(
    report.quantization.candidates.map(({ sqnrDb }) => sqnrDb),
  );
  expect(page.decisions!.find(({ what }) => what === 'Number format')).toMatchObject({ choice: 'int8' });
  expect(page.layers!.rows.map(({ sqnrDb }) => sqnrDb)).toEqual(report.layers.map(({ sqnrDb }) => sqnrDb));
  expect(page.layers!.rows[page.layers!.worst!]!.layer).toBe(report.noisiest!.layer);
  expect(page.sizes!.bars.map(({ bytes }) => bytes)).toEqual([
    report.constants.float,
    report.constants.quantized,
    report.memory.flash.used,
  ]);
  expect(page.files).toEqual(report.files);
  expect(page.refusal).toBeUndefined();
});

it('has the peak of the memory where the report has it', async () => {
  const { deployment } = await run();
  const { memory } = reportOf(deployment!, deployment!.files);
  const { steps, peak, live, buffers, bytes } = pageOfDeployment(deployment!).memory!;
  expect(steps[peak!]).toBe(memory.peak!.layer);
  expect(live[peak!]).toBe(memory.peak!.liveBytes);
  const alive = buffers.filter(({ first, last }) => first <= peak! && peak! <= last);
  expect(alive.map((buffer) => buffer.bytes).sort()).toEqual(memory.peak!.buffers.map((buffer) => buffer.bytes).sort());
  expect(Math.max(...buffers.map((buffer) => buffer.offset + buffer.bytes))).toBe(bytes);
});

it('shows who was taken for whom, which samples flipped, and how values lie in their ranges', async () => {
  const ruinous = { method: 'percentile', percentile: 60 } as const;
  const { deployment } = await run(ruinous, { schemes: [{ scheme: 'int8' }] });
  const [output] = reportOf(deployment!, deployment!.files).accuracy;
  const { top1 } = output!;
  const [{ decisions, flips }] = pageOfDeployment(deployment!).accuracy!.outputs as [OutputAccuracy];
  expect(flips!.total).toBe(top1!.decisions - top1!.agree);
  expect(flips!.total).toBeGreaterThan(0);
  expect(flips!.samples[0]!.input).toBeUndefined();
  expect(decisions!.counts.reduce((sum, row, i) => sum + row[i]!, 0)).toBe(top1!.quantizedRight);
  expect(decisions!.counts.flat().reduce((a, b) => a + b)).toBe(top1!.labelled);
  const { rows } = pageOfDeployment(deployment!).layers!;
  expect(rows.every(({ histogram }) => histogram !== undefined)).toBe(true);
  expect(rows[0]!.histogram!.words).toMatch(/\d\d\.\d\d % of the values are cut off/);
});

it.each([
  ['of calibration', ''],
  ['of an evaluation of its own', 'more.csv'],
])('calls samples %s what the data call them, where few of them were taken', async (_, file) => {
  const rows = readFileSync(join(model.folder, 'samples.csv'), 'utf8');
  writeFileSync(join(model.folder, 'more.csv'), rows + rows);
  const ruinous = {
    method: 'percentile',
    percentile: 60,
    samples: 13,
    ...(file !== '' && { evaluation: `${join(model.folder, file)}?label=32&header=no` }),
  } as const;
  const { deployment } = await run(ruinous, { schemes: [{ scheme: 'int8' }] });
  const [{ flips }] = pageOfDeployment(deployment!).accuracy!.outputs as [OutputAccuracy];
  // The label of a row of these data is its number modulo four.
  for (const { id, label } of flips!.samples) expect(label).toBe(String(Number(id) % 4));
  expect(flips!.samples.some(({ id, number }) => Number(id) > number)).toBe(true);
  const text = renderPage(pageOfDeployment(deployment!));
  const { id, number } = flips!.samples.at(-1)!;
  expect(text).toMatch(new RegExp(`Sample ${id}</strong><br />\\s*no\\. ${number} of those taken`));
});

it('shows no sample where nobody asked for a page', async () => {
  const { library } = libraryOf();
  const verdict = await attempt(model.request, library, deployHost('reference'), noProgress);
  expect(verdict.deployment!.evidence).toBeUndefined();
});

it('says why a run was refused, and by how much, with the arena as it would be', async () => {
  const { refused } = await run({}, { memory: { ram: { bytes: 1000, reservedBytes: 0, source: 's' } } });
  const page = pageOfRefusal(refused!);
  expect(page.verdict).toMatchObject({ state: 'bad', label: 'Refused' });
  expect(page.refusal).toMatchObject({ code: refused!.report.error.code, what: refused!.report.error.what });
  expect(page.refusal!.remedies).toEqual(refused!.report.remedies.map(({ what }) => what));
  expect(page.fit!.bars.some(({ used, available }) => used > available)).toBe(true);
  expect(page.fit!.atLeast).toBe(true);
  for (const { value } of page.figures.slice(0, 2)) expect(value).toMatch(/^at least [\d,]+ bytes$/);
  for (const { label } of page.sizes!.bars.slice(1)) expect(label).toMatch(/, at least$/);
  expect(page.memory!.buffers.length).toBeGreaterThan(0);
  expect(renderPage(page)).toContain('bytes too many');
});

it('says why too inaccurate a run was refused', async () => {
  const { refused } = await run(
    { method: 'percentile', percentile: 51 },
    { schemes: [{ scheme: 'int8', limits: { agreementPercent: 99 } }] },
  );
  const page = pageOfRefusal(refused!);
  expect(page.refusal!.code).toBe('ACCURACY_BELOW_LIMIT');
  expect(page.accuracy!.outputs).toHaveLength(1);
});

it('is the same for the same run, and names no folder', async () => {
  const [one, two] = [await run(), await run()].map(({ deployment }) => renderPage(pageOfDeployment(deployment!)));
  expect(one).toBe(two);
  expect(one).not.toContain(model.folder);
});
