// Cases that give Keras's own outputs: the float import equals them, and the int8 model comes close to them in TFLite Micro.
import { compareOutputs } from '../../oracle/twins-figures.mjs';
import { floatOutputs, importedGraph, samplesOf } from '../models.mjs';
import { decibels, factSheet, outcome, told } from '../verdict.mjs';

const importTolerance = 1e-5;
/** The outputs in expected.json have six decimals. */
const rounding = 5e-7;

/** `outputs` as expected.json lists them ([output][sample][value]), one array a sample. */
export const expectedOutputs = (outputs) =>
  outputs[0].map((_, sample) => Float64Array.from(outputs.flatMap((output) => output[sample].flat(Infinity))));

/** Greatest difference as a part of the greatest value; Infinity where the numbers of values differ. */
export function relativeDifference(expected, actual) {
  const values = expected.flatMap((each) => Array.from(each));
  const others = actual.flatMap((each) => Array.from(each));
  if (values.length !== others.length) return Infinity;
  const greatest = Math.max(...values.map(Math.abs));
  const difference = Math.max(...values.map((value, i) => Math.abs(value - others[i])));
  return Number.isNaN(difference) ? Infinity : Math.max(0, difference - rounding) / greatest;
}

export function sqnrDb(expected, actual) {
  if (expected.length !== actual.length || expected[0].length !== actual[0].length) return -Infinity;
  return compareOutputs(expected, actual, []).sqnrDb;
}

/** The facts of an imported float model; gives what a check needs to ask for the int8 outputs. */
export async function checkFloatImport(sheet, { folder, model, data, wanted }) {
  const graph = importedGraph(`${folder}/${model}`);
  const samples = await samplesOf(graph, folder, data, { most: wanted.length });
  const difference = relativeDifference(wanted, floatOutputs(graph, samples));
  sheet.see(`float import off by ${difference.toExponential(1)}`);
  sheet.fact('the float import agrees to 1e-5', difference <= importTolerance, difference.toExponential(1));
  return samples;
}

export function checkInt8(sheet, wanted, { outputs, error }, least) {
  if (!sheet.fact('the int8 model runs', error === undefined, error)) return;
  const sqnr = sqnrDb(wanted, outputs);
  sheet.see(`int8 ${decibels(sqnr)}`);
  sheet.fact(`int8 at least ${least} dB`, sqnr >= least, decibels(sqnr));
}

/** `least`: decibels. `or`: a refusal that is right as well, as patterns of one diagnostic. */
export const kerasOutputs = ({ least, model = 'model.h5', data, or }) =>
  async function check({ folder, expected, script }) {
    const sheet = factSheet();
    const run = await script();
    sheet.see(outcome(run));
    if (run.code !== 0) {
      sheet.fact('exit 0', or !== undefined && told(run, ...or), 'refused');
      return { verdict: sheet.verdict };
    }
    const wanted = expectedOutputs(expected.keras_outputs ?? expected.tflite_float_outputs);
    const samples = await checkFloatImport(sheet, { folder, model, data, wanted });
    return {
      jobs: [{ model: run.file('model.tflite'), samples }],
      verdict: ([int8]) => {
        checkInt8(sheet, wanted, int8, least);
        return sheet.verdict();
      },
    };
  };
