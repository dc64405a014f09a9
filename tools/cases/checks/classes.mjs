// Cases of labels, class folders and decisions: what is counted must mean something, and what does not is told.
import { readFileSync, writeFileSync } from 'node:fs';
import { npyBytes, zipBytes } from '../../../packages/calibration-data/test/written-files.mjs';
import { accuracyOf } from '../../oracle/twins-figures.mjs';
import { floatOutputs, importedGraph, samplesOf } from '../models.mjs';
import { decisionsOf, factSheet, outcome, refused, told } from '../verdict.mjs';

const seeDecisions = (sheet, run) => {
  const decisions = decisionsOf(run);
  if (decisions !== undefined)
    sheet.see(`float ${decisions.floatRight} right, int8 ${decisions.quantizedRight} of ${decisions.labelled}`);
  return decisions;
};

/** 09: no accuracy from labels that are no classes, and the label is named. */
export async function labelsOutsideTheClasses({ script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact('refused or warned that label 3 is no class', told(run, /label/i, /\b3\b/, /class/i));
  sheet.fact(
    'no accuracy from these labels',
    seeDecisions(sheet, run) === undefined && !/top-1 float/.test(run.stdout),
  );
  return { verdict: sheet.verdict };
}

/** 10 and 18: three classes of 14 pictures; `leftOut` names what is no picture. */
export const classFolders = (leftOut) =>
  async function check({ script, expected }) {
    const sheet = factSheet();
    const run = await script();
    sheet.see(outcome(run));
    if (!sheet.fact('exit 0', run.code === 0)) return { verdict: sheet.verdict };
    const { samples, lint } = run.report.calibration;
    const labels = Object.entries(lint.labels ?? {});
    sheet.see(`${samples} samples in ${labels.length} classes`);
    sheet.fact('42 samples', samples === 42, `${samples}`);
    sheet.fact(
      `classes ${expected.classes.join(', ')} of 14 samples each`,
      labels.map(([label, count]) => `${label}=${count}`).join() === expected.classes.map((_, i) => `${i}=14`).join(),
    );
    const decisions = seeDecisions(sheet, run);
    sheet.fact('top-1 of float is 42 of 42', decisions?.labelled === 42 && decisions.floatRight === 42);
    sheet.fact('what is left out is named on the screen', told(run, /DATA_FILES_IGNORED/, leftOut));
    return { verdict: sheet.verdict };
  };

/** 11: names and folders agree, or the user is told and the header does not have the wrong word. */
export async function labelNamesAgainstFolders({ folder, expected, script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (run.code !== 0) {
    sheet.fact('refused for the names', refused(run) && told(run, /label|name/i, /bright/, /dark/, /mid/));
    return { verdict: sheet.verdict };
  }
  const right = expected.right_order;
  const names = headerLabels(run.file('model_settings.h'));
  sheet.see(`header ${names === undefined ? 'without names' : names.join(', ')}`);
  const decisions = seeDecisions(sheet, run);
  if (names === undefined || names.join() === right.join()) {
    sheet.fact('warned of the names', told(run, /label|name/i, /bright/, /mid/));
    return { verdict: sheet.verdict };
  }
  // The names may number the folders: then the same names number what is counted, and float is seen to be wrong.
  const graph = importedGraph(`${folder}/model.h5`);
  const samples = await samplesOf(graph, folder, 'pictures');
  const renumbered = samples.map(({ id }) => names.indexOf(id.split('/')[0]));
  const wanted = accuracyOf(floatOutputs(graph, samples), renumbered);
  sheet.fact(
    'names that differ from the folders number what is counted, with a warning',
    decisions?.floatRight === wanted && told(run, /label|name|class|top-1/i),
    `counted ${decisions?.floatRight}, by these names ${wanted}`,
  );
  return { verdict: sheet.verdict };
}

function headerLabels(path) {
  const [, list] = /OUTPUT_0_LABELS \{([^}]*)\}/.exec(readFileSync(path, 'utf8')) ?? [];
  return list === undefined ? undefined : [...list.matchAll(/"([^"]*)"/g)].map(([, name]) => name);
}

/** 12: a yes/no output and labels: accuracy at one half that knows right from wrong, or a word that they were not used. */
export async function yesNoOutput({ folder, expected, place, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (!sheet.fact('exit 0', run.code === 0)) return { verdict: sheet.verdict };
  const decisions = seeDecisions(sheet, run);
  if (decisions === undefined) {
    sheet.fact(
      'accuracy at 0.5, or a word that the labels were not used',
      told(run, /label/i, /not used|left out|ignored/),
    );
    return { verdict: sheet.verdict };
  }
  const share = decisions.floatRight / decisions.labelled;
  sheet.fact('float accuracy as Keras has it', share === expected.keras_accuracy_at_half, `${share}`);
  sheet.fact('int8 within 2 points', decisions.quantizedRight >= decisions.labelled * (share - 0.02));
  sheet.fact('the figures are on the screen', /float 100\.0 %/.test(run.text));
  const inverted = await deploy([...common, await invertedLabels(folder, place('inverted.npz'))]);
  sheet.see(`inverted labels: ${outcome(inverted)}`);
  sheet.fact(
    'inverted labels are told',
    told(inverted, /label|accuracy|right|wrong/i) && (decisionsOf(inverted)?.floatRight ?? 0) === 0,
  );
  return { verdict: sheet.verdict };
}

const common = ['--profile', 'esp32', 'model.h5', '--calibration', 'cal.npz', '--evaluation'];

async function invertedLabels(folder, path) {
  const samples = await samplesOf(importedGraph(`${folder}/model.h5`), folder, 'cal.npz');
  const width = samples[0].inputs[0].length;
  const x = Float32Array.from(samples.flatMap(({ inputs }) => Array.from(inputs[0])));
  const y = Int32Array.from(samples, ({ label }) => 1 - label);
  writeFileSync(
    path,
    zipBytes([
      { name: 'x.npy', bytes: npyBytes('<f4', [samples.length, width], x) },
      { name: 'y.npy', bytes: npyBytes('<i4', [samples.length], y) },
    ]),
  );
  return path;
}

/** 13: independent yes/no outputs have no top class; every decision at one half is kept in the runtime. */
export async function manySigmoids({ folder, expected, script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (!sheet.fact('exit 0', run.code === 0)) return { verdict: sheet.verdict };
  sheet.fact('no AGREEMENT_LOW', !/AGREEMENT_LOW/.test(run.text + JSON.stringify(run.report)));
  sheet.fact('no count of top classes', !/same top-1 class/.test(run.text));
  const graph = importedGraph(`${folder}/model.h5`);
  const samples = await samplesOf(graph, folder, 'cal.npz');
  const wanted = floatOutputs(graph, samples);
  return {
    jobs: [{ model: run.file('model.tflite'), samples }],
    verdict: ([{ outputs, error }]) => {
      if (!sheet.fact('the int8 model runs', error === undefined, error)) return sheet.verdict();
      const equal = wanted.flatMap((values, i) =>
        Array.from(values, (value, k) => value > 0.5 === outputs[i][k] > 0.5),
      );
      const share = equal.filter(Boolean).length / equal.length;
      sheet.see(`${(100 * share).toFixed(2)} % of the decisions at 0.5 equal`);
      sheet.fact('all decisions equal', share === expected.share_of_equal_decisions_at_half_in_tflite_micro);
      return sheet.verdict();
    },
  };
}

/** 27: train and val are no classes; following either reading gives the real ones. */
export async function trainAndValFolders({ script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  const decisions = seeDecisions(sheet, run);
  sheet.fact('refused or warned, naming train and val', told(run, /\btrain\b/, /\bval\b/));
  sheet.fact(
    'no accuracy from train and val as classes',
    decisions === undefined || (decisions.labelled === 48 && decisions.floatRight === 48),
  );
  const apart = ['--profile', 'esp32', 'model.h5', '--calibration', 'data/train', '--evaluation', 'data/val'];
  const followed = await deploy(apart);
  const counted = decisionsOf(followed);
  sheet.fact(
    'data/train and data/val work',
    followed.code === 0 && counted !== undefined && counted.floatRight === counted.labelled,
    outcome(followed),
  );
  return { verdict: sheet.verdict };
}
