// Cases of tables, recordings and arrays: what is read is what was meant, and advice works when it is followed.
import { readFileSync, writeFileSync } from 'node:fs';
import { npyBytes } from '../../../packages/calibration-data/test/written-files.mjs';
import { importedGraph, samplesOf } from '../models.mjs';
import { decibels, factSheet, outcome, refused, sqnrOf, told } from '../verdict.mjs';

const job = (data, ...more) => ['--profile', 'esp32', 'model.h5', '--calibration', data, ...more];
const inputOf = (run) => run.report?.calibration.lint.inputs[0];
const close = (value, wanted) => Math.abs(value - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted));

/** 14: the numbered header is no sample, or the user is asked and both answers are named. */
export async function headerOfNumbers({ expected, script, deploy }) {
  const sheet = factSheet();
  let run = await script();
  sheet.see(outcome(run));
  if (run.code !== 0) {
    sheet.fact('asked for the header', told(run, /header=yes/, /header=no/));
    run = await deploy(job('features.csv?header=yes'));
    if (!sheet.fact('header=yes works', run.code === 0, outcome(run))) return { verdict: sheet.verdict };
  }
  const { samples } = run.report.calibration;
  const { min, max } = inputOf(run);
  sheet.see(`${samples} samples from ${min} to ${max}, ${decibels(sqnrOf(run))}`);
  sheet.fact('200 samples', samples === expected.samples);
  sheet.fact('values from 0 to 1', close(min, expected.minimum) && close(max, expected.maximum));
  sheet.fact('as good as with header=yes, within 1 dB', sqnrOf(run) >= expected.sqnrDb_with_header_yes - 1);
  return { verdict: sheet.verdict };
}

/** 15: rows are moments; blank lines end a gesture. */
export async function rowsAreMoments({ folder, expected, script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (!sheet.fact('exit 0', run.code === 0)) return { verdict: sheet.verdict };
  const { samples } = run.report.calibration;
  sheet.see(`${samples} samples`);
  sheet.fact('6 samples', samples === expected.samples);
  const read = await samplesOf(importedGraph(`${folder}/model.h5`), folder, 'punch.csv?window=119&stride=119');
  const wanted = expected.first_rows_of_sample_1.flat();
  sheet.fact(
    'sample 1 begins with the first rows of the second gesture',
    read.length === 6 && wanted.every((value, i) => close(read[1].inputs[0][i], Math.fround(value))),
    Array.from(read[1]?.inputs[0].slice(0, 6) ?? []).join(', '),
  );
  return { verdict: sheet.verdict };
}

/** 16: the index is not a feature, whether left out or named with the columns to read. */
export async function indexColumn({ folder, expected, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  const columns = /columns=1-4/;
  if (run.code !== 0)
    sheet.fact('refused, naming the first column and columns=1-4', told(run, /first column/i, columns));
  const followed = run.code === 0 ? run : await deploy(job('table.csv?columns=1-4'));
  sheet.fact('columns=1-4 works', followed.code === expected['exit_with_columns_1-4'], outcome(followed));
  if (followed.code !== 0) return { verdict: sheet.verdict };
  const rows = readFileSync(`${folder}/table.csv`, 'utf8').trim().split('\n').slice(1);
  const greatest = Math.max(...rows.flatMap((row) => row.split(',').slice(1, 5).map(Number)));
  sheet.see(`values to ${inputOf(followed).max}`);
  sheet.fact('the columns aX to gX are read', close(inputOf(followed).max, Math.fround(greatest)));
  sheet.fact('every row is a sample', followed.report.calibration.samples === rows.length);
  return { verdict: sheet.verdict };
}

/** 17: two channels are told, never cut into windows. */
export async function stereo({ expected, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact('refused, naming 2 channels and ?channel=0', refused(run) && told(run, /(2|two) channels/, /channel=0/));
  sheet.fact('windows are not advised', !/window=/.test(run.text));
  const followed = await deploy(job('sounds?channel=0'));
  sheet.fact('?channel=0 works', followed.code === expected.exit_with_channel_0, outcome(followed));
  return { verdict: sheet.verdict };
}

/** 19: the data is to blame. */
export async function allZero({ expected, script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact('exit 2', run.code === expected.exit, `exit ${run.code}`);
  sheet.fact('names the samples that are all 0', told(run, /DATA_CONSTANT_SAMPLES/, /\b0\b|zero/));
  sheet.fact('the model is not blamed', !/Export the model again|TFLITE_/.test(run.text));
  return { verdict: sheet.verdict };
}

/** 24: targets of a regression are no labels. */
export async function regressionTargets({ script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (!sheet.fact('exit 0', run.code === 0)) return { verdict: sheet.verdict };
  sheet.see(`${run.report.calibration.samples} samples`);
  sheet.fact('200 samples', run.report.calibration.samples === 200);
  sheet.fact('no class labels in the report', run.report.calibration.lint.labels === undefined);
  sheet.fact('the screen says what became of the targets', /\btargets?\b/i.test(run.text));
  return { verdict: sheet.verdict };
}

/** 25: recordings of 16 and of 24 bits are not mixed without a word. */
export async function bitDepths({ script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact('refused or warned, naming 16 and 24 bits', told(run, /\b16\b/, /\b24\b/, /bit/i));
  return { verdict: sheet.verdict };
}

/** 28: exchanged dimensions are told; the transposed array passes. */
export async function exchangedDimensions({ folder, place, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact('refused: the dimensions are exchanged', refused(run) && told(run, /transpos|exchang|swap/i));
  sheet.fact('resize is not advised', !/resize=/.test(run.text));
  const followed = await deploy(job(transposed(`${folder}/cal.npy`, place('transposed.npy'))));
  sheet.fact('the transposed array works', followed.code === 0, outcome(followed));
  return { verdict: sheet.verdict };
}

/** [60, 6, 50] of float32 as [60, 50, 6]. */
function transposed(source, path) {
  const [samples, rows, columns] = [60, 6, 50];
  const file = readFileSync(source);
  const values = new Float32Array(Uint8Array.from(file.subarray(file.length - 4 * samples * rows * columns)).buffer);
  const turned = Float32Array.from(values, (_, i) => {
    const [sample, rest] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
    return values[sample * rows * columns + (rest % rows) * columns + Math.floor(rest / rows)];
  });
  writeFileSync(path, npyBytes('<f4', [samples, columns, rows], turned));
  return path;
}
