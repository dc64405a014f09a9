// The three cases of the README of cases, which need no file of their own but models and data of the shared folder.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { npyBytes, zipBytes } from '../../../packages/calibration-data/test/written-files.mjs';
import { accuracyOf, anomalyAuc, compareOutputs } from '../../oracle/twins-figures.mjs';
import { floatOutputs, importedGraph, samplesOf } from '../models.mjs';
import { decibels, factSheet, outcome, told } from '../verdict.mjs';

const points = (share) => `${(100 * share).toFixed(1)} %`;
const images = 'dev5000-images-idx3-ubyte.gz';
const pictures = 100;

/** TensorFlow 2.21, judged on the same 5,000 digits, from the README: decibels, agreement and top-1 in percent. */
const oneSided = [
  { model: 'mnist_valid.h5', theirs: [26.5, 99.1, 94.9] },
  { model: 'mnist_same.h5', theirs: [28.6, 99.2, 92.8] },
];
const ways = [
  ['auto'],
  ['min-max', '--method', 'min-max', '--no-equalization', '--no-bias-correction'],
  ['percentile', '--method', 'percentile', '--no-equalization', '--no-bias-correction'],
  ['mse', '--method', 'mse', '--no-equalization', '--no-bias-correction'],
  ['--no-equalization', '--no-equalization'],
];

/** Calibrated with one digit, judged on all: not worse than a fixed method, nor than TensorFlow. */
export async function oneSidedCalibration({ shared, place, deploy }) {
  const sheet = factSheet();
  const [jobs, groups] = [[], []];
  for (const { model, theirs } of oneSided) {
    const path = `${shared}/models/tinymaix/${model}`;
    const graph = importedGraph(path);
    const all = await samplesOf(graph, `${shared}/data/mnist`, images, { preprocess: ['divideBy=255'] });
    const calibration = writeSamples(
      graph,
      all.filter(({ label }) => label === 1).slice(0, pictures),
      place(`${model}.npz`),
    );
    const runs = [];
    for (const [, ...more] of ways)
      runs.push(await deploy(['--profile', 'host-reference', path, '--calibration', calibration, ...more]));
    if (
      !sheet.fact(
        `${model}: every run ends with exit 0`,
        runs.every(({ code }) => code === 0),
        runs.map(outcome).join(', '),
      )
    )
      continue;
    groups.push({ model, theirs, judged: all, wanted: floatOutputs(graph, all) });
    jobs.push(...runs.map((run) => ({ model: run.file('model.tflite'), samples: all })));
  }
  return {
    jobs,
    verdict: (answers) => {
      groups.forEach((group, i) => judgeOneSided(sheet, group, answers.slice(i * ways.length, (i + 1) * ways.length)));
      return sheet.verdict();
    },
  };
}

function judgeOneSided(sheet, { model, theirs, judged, wanted }, answers) {
  const failed = answers.find(({ error }) => error !== undefined);
  if (!sheet.fact(`${model} runs`, failed === undefined, failed?.error)) return;
  const labels = judged.map(({ label }) => label);
  const figures = answers.map(({ outputs }) => {
    const { sqnrDb, agree, right } = compareOutputs(wanted, outputs, labels);
    return [sqnrDb, (100 * agree) / judged.length, (100 * right) / judged.length];
  });
  const row = (values) => values.map((value) => value.toFixed(1)).join(' / ');
  const [auto, ...others] = figures;
  sheet.see(`${model} auto ${row(auto)}, ${others.map((values, i) => `${ways[i + 1][0]} ${row(values)}`).join(', ')}`);
  sheet.see(`float top-1 ${points(accuracyOf(wanted, labels) / judged.length)}`);
  for (const [name, values] of [...others.map((values, i) => [ways[i + 1][0], values]), ['TensorFlow', theirs]]) {
    const held = auto[0] >= values[0] - 1 && auto[1] >= values[1] - 0.5 && auto[2] >= values[2] - 0.5;
    sheet.fact(`${model}: not below ${name}`, held, `${row(auto)} against ${row(values)}`);
  }
}

function writeSamples(graph, samples, path) {
  const shape = graph.tensors[graph.inputs[0]].shape.slice(1);
  const values = Float32Array.from(samples.flatMap(({ inputs }) => Array.from(inputs[0])));
  writeFileSync(path, zipBytes([{ name: 'x.npy', bytes: npyBytes('<f4', [samples.length, ...shape], values) }]));
  return path;
}

const recordings = 'dtype=float32&shape=200x128&window=5&stride=1';

/** The anomaly detector keeps its quality: 41 dB, AUC .922. */
export async function anomalyDetector({ shared, deploy }) {
  const sheet = factSheet();
  const [model, data] = [`${shared}/models/mlperf-tiny/ad01/ad01_fp32.tflite`, `${shared}/data/ad01-mlperf`];
  const calibration = `raw:${data}/dev_calib12_f32_200x128.bin?${recordings}`;
  const run = await deploy(['--profile', 'host-reference', model, '--calibration', calibration]);
  sheet.see(outcome(run));
  if (!sheet.fact('exit 0', run.code === 0)) return { verdict: sheet.verdict };
  const graph = importedGraph(model);
  const evaluation = `raw:dev24_f32_200x128.bin?${recordings}&labels=dev24_f32_200x128.csv&labelColumn=label`;
  const samples = await samplesOf(graph, data, evaluation);
  return {
    jobs: [{ model: run.file('model.tflite'), samples }],
    verdict: ([{ outputs, error }]) => {
      if (!sheet.fact('the int8 model runs', error === undefined, error)) return sheet.verdict();
      const { sqnrDb } = compareOutputs(floatOutputs(graph, samples), outputs, []);
      const auc = anomalyAuc(samples, outputs);
      const bytes = readFileSync(run.file('model.tflite')).length;
      sheet.see(`${decibels(sqnrDb)}, AUC ${auc.toFixed(4)}, ${bytes} bytes`);
      sheet.fact('at least 41 dB', sqnrDb >= 41, decibels(sqnrDb));
      sheet.fact('AUC at least .922', auc >= 0.922, auc.toFixed(4));
      sheet.fact('smaller than TensorFlow (315,320 bytes)', bytes < 315320, `${bytes}`);
      return sheet.verdict();
    },
  };
}

/** A source model in the output folder stays what it is. */
export async function ownModelOverwritten({ shared, place, deployInto }) {
  const sheet = factSheet();
  const source = `${shared}/models/tflm/hello_world_float.tflite`;
  const before = readFileSync(source);
  const calibration = place('angles.npy');
  writeFileSync(
    calibration,
    npyBytes(
      '<f4',
      [100, 1],
      Float32Array.from({ length: 100 }, (_, i) => (i * 2 * Math.PI) / 100),
    ),
  );
  const folders = [
    ['the folder of the model', 'm', 'm/model.tflite', 'm'],
    ['a folder above it', 'above', 'above/inside/model.tflite', 'above'],
    ['the model itself', 'itself', 'itself/model.tflite', 'itself/model.tflite'],
  ];
  for (const [what, , model, out] of folders) {
    mkdirSync(place(model).replace(/\/model\.tflite$/, ''), { recursive: true });
    copyFileSync(source, place(model));
    const run = await deployInto(['--profile', 'esp32', place(model), '--calibration', calibration], place(out));
    sheet.see(`${what}: ${outcome(run)}`);
    const kept = readIfThere(place(model));
    sheet.fact(`${what}: the source model is as it was`, kept !== undefined && before.equals(kept));
    sheet.fact(`${what}: refused in words about the folder`, run.code !== 0 && told(run, /model|folder|--out/));
  }
  return { verdict: sheet.verdict };
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
