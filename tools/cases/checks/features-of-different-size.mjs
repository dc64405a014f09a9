// Case 23: one scale for features of different size. The message names cause and remedy, and each remedy named works.
import { readFileSync } from 'node:fs';
import { openHdf5 } from '@wherry/importers';
import { decisionsOf, factSheet, outcome, told } from '../verdict.mjs';

const data = ['--calibration', 'cal.npz', '--evaluation', 'cal.npz'];

export async function featuresOfDifferentSize({ folder, expected, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact('the message names the step of the input, 4.08', told(run, /\b4\.(08|1)/));
  sheet.fact('it names feature 1', told(run, /(feature|channel|column|value)s? 1\b/i));
  sheet.fact('it says to normalize in front of the model', told(run, /normali[sz]/i, /preprocess/));
  const { remedy_measured: wanted } = expected;
  await follow(sheet, wanted, 'without_normalization.h5 with mean and std', () =>
    deploy([
      '--profile',
      'esp32',
      'without_normalization.h5',
      ...data,
      ...(printedPreprocessing(run) ?? preprocessing(folder)),
    ]),
  );
  // A message may as well say truly that this is no way out.
  if (/--input-type float32(?! does not| cannot| will not| would not)/.test(run.text))
    await follow(sheet, wanted, '--input-type float32', () =>
      deploy(['--profile', 'esp32', 'model.h5', ...data, '--input-type', 'float32']),
    );
  return { verdict: sheet.verdict };
}

/** Half a point of 500 may go to the other rounding of the constants that were given. */
async function follow(sheet, wanted, name, deployed) {
  const run = await deployed();
  const decisions = decisionsOf(run);
  sheet.see(
    `${name}: ${decisions === undefined ? outcome(run) : `int8 ${decisions.quantizedRight} of ${decisions.labelled}`}`,
  );
  const most = 0.005 * wanted.labelled;
  sheet.fact(
    `${name} gives int8 ${wanted.quantizedRight} right`,
    decisions !== undefined &&
      decisions.floatRight === wanted.floatRight &&
      decisions.quantizedRight >= wanted.quantizedRight - most &&
      decisions.agree >= wanted.agree - most,
  );
}

/** The options as the message gives them, to be followed to the letter; undefined where it leaves the numbers to the reader. */
function printedPreprocessing({ text }) {
  const printed = ['mean', 'std'].map((name) => new RegExp(`--preprocess ${name}=([-\\d.,e]+)`).exec(text)?.[1]);
  if (printed.includes(undefined)) return undefined;
  return printed.flatMap((values, i) => ['--preprocess', `${['mean', 'std'][i]}=${values.replace(/[.,]+$/, '')}`]);
}

/** What the Normalization layer of the model does, as options. */
function preprocessing(folder) {
  const { root } = openHdf5(readFileSync(`${folder}/model.h5`));
  const [mean, variance] = ['mean', 'variance'].map((name) =>
    Array.from(root.open(`model_weights/normalization_1/${name}:0`).read().data),
  );
  const deviations = variance.map((value) => Math.max(Math.sqrt(value), 1e-7));
  return ['--preprocess', `mean=${mean.join(',')}`, '--preprocess', `std=${deviations.join(',')}`];
}
