// One model quantized without training and with it, and what each decides on samples that none of them has seen.
import { importModel } from '@wherry/importers';
import { deploy, noProgress, requestOf, trainingDefaults } from '@wherry/pipeline';
import { quantizeFeeds } from '@wherry/quantizer';
import { flipInterval } from '../../packages/pipeline/dist/statistics/paired-shares.js';
import { wilson } from '../../packages/pipeline/dist/statistics/share-interval.js';
import { argmax } from '../oracle/twins-figures.mjs';

/** More of them calibrate no better. */
const mostCalibrating = 500;

/** Without training: each weight to the nearest and nothing done for it, and as it is by default. */
export const untrained = {
  plain: { method: 'min-max', rounding: 'nearest', weightClipping: false, biasCorrection: false, equalization: false },
  default: {},
};

/**
 * @param {{ model: string, scheme: string, training: object, start?: keyof untrained, pool: readonly object[], judged: readonly object[] }} job
 *   `training`: settings beside the defaults; `start`: what is trained, where it is not what the defaults make; samples have
 *   inputs, and a label where it is known
 * @param {readonly string[]} ways names out of `untrained`
 * @returns {Promise<Record<string, { outputs: readonly Float64Array[], seconds: number, training?: object }>>} by way,
 *   with `float` and `trained` among them
 */
export async function runWays(
  { model, scheme, training, start = 'default', pool, judged },
  ways,
  { library, host, float },
) {
  const engine = await host.engine();
  const step = Math.ceil(pool.length / mostCalibrating);
  const calibration = memory(
    'calibration',
    pool.filter((_, i) => i % step === 0),
  );
  const evaluation = memory('evaluation', judged);
  const run = async (settings, asked) => {
    const started = performance.now();
    const given = requestOf({ model, profile: 'host-reference', scheme, ...settings }, ['model', 'profile']);
    const request = { ...given, calibration, evaluation, samples: pool.length + judged.length, ...asked };
    const { tflite, quantized } = await deploy(request, library, host, noProgress);
    const seconds = (performance.now() - started) / 1000;
    const outputs = await outputsOf(engine, importModel(tflite).graph, judged);
    return { outputs, seconds, training: quantized.training };
  };
  const by = { float: { outputs: await outputsOf(engine, float, judged), seconds: 0 } };
  for (const way of ways) by[way] = await run(untrained[way], {});
  const settings = { ...trainingDefaults, ...training };
  by.trained = await run(untrained[start], { training: { data: memory('training', pool), settings } });
  return by;
}

const memory = (name, samples) => ({
  name,
  samples: samples.map(({ inputs, label }) => ({ inputs, ...(label !== undefined && { label }) })),
});

/** One array of real values a sample. */
export async function outputsOf(engine, graph, samples) {
  const executor = await engine.prepare(graph);
  const { quantization } = graph.tensors[graph.outputs[0]];
  const outputs = [];
  for (const { inputs } of samples) {
    const [values] = await executor.run(quantizeFeeds(graph, inputs));
    const real = (value) =>
      quantization === undefined ? value : (Number(value) - quantization.zeroPoint[0]) * quantization.scale[0];
    outputs.push(Float64Array.from(values, real));
  }
  executor.dispose();
  return outputs;
}

/** How often the same class comes first: { share, low, high }. */
export function agreementOf(float, outputs) {
  const share = agreements(float, outputs).filter(Boolean).length / outputs.length;
  return { share, ...wilson(share, outputs.length) };
}

/** Decisions that become those of the float model, less those that were and are no more: { gained, lost, low, high } of all. */
export function gainOf(float, before, after) {
  const [first, second] = [before, after].map((outputs) => agreements(float, outputs));
  const gained = second.filter((agrees, i) => agrees && !first[i]).length;
  const lost = second.filter((agrees, i) => !agrees && first[i]).length;
  return { gained, lost, ...flipInterval(first.length, gained, lost) };
}

const agreements = (float, outputs) => outputs.map((values, i) => argmax(values) === argmax(float[i]));

export const rightOf = (outputs, labels) => outputs.filter((values, i) => argmax(values) === labels[i]).length;

/** Signal over what is off, in decibels. */
export function sqnrOf(float, outputs) {
  let [signal, noise] = [0, 0];
  outputs.forEach((values, i) =>
    values.forEach((value, k) => {
      signal += float[i][k] ** 2;
      noise += (value - float[i][k]) ** 2;
    }),
  );
  return noise === 0 ? Infinity : 10 * Math.log10(signal / noise);
}
