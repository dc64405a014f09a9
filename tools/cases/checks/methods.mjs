// Cases where the default must not be worse than the fixed methods: judged by running the written files, not by their reports.
import { floatOutputs, importedGraph, samplesOf } from '../models.mjs';
import { decibels, factSheet, outcome } from '../verdict.mjs';
import { sqnrDb } from './keras-outputs.mjs';

const fixedMethods = ['min-max', 'percentile', 'mse'];
const mostWorseDb = 1;

export async function autoAgainstFixedMethods({ folder, script, deploy }) {
  const sheet = factSheet();
  const runs = [await script()];
  for (const method of fixedMethods)
    runs.push(await deploy(['--profile', 'esp32', 'model.h5', '--calibration', 'cal.npz', '--method', method]));
  sheet.see(outcome(runs[0]));
  if (
    !sheet.fact(
      'all four runs end with exit 0',
      runs.every(({ code }) => code === 0),
    )
  )
    return { verdict: sheet.verdict };
  const graph = importedGraph(`${folder}/model.h5`);
  const samples = await samplesOf(graph, folder, 'cal.npz');
  const expected = floatOutputs(graph, samples);
  return {
    jobs: runs.map((run) => ({ model: run.file('model.tflite'), samples })),
    verdict: (answers) => {
      const failed = answers.find(({ error }) => error !== undefined);
      if (!sheet.fact('all four models run', failed === undefined, failed?.error)) return sheet.verdict();
      const [auto, ...others] = answers.map(({ outputs }) => sqnrDb(expected, outputs));
      const best = Math.max(...others);
      sheet.see(
        `auto ${decibels(auto)}, ${fixedMethods.map((name, i) => `${name} ${decibels(others[i])}`).join(', ')}`,
      );
      sheet.fact('auto at most 1 dB below the best', auto >= best - mostWorseDb, decibels(auto - best));
      return sheet.verdict();
    },
  };
}
