// Runs the .tflite files of all cases in TFLite Micro, in one Python process; without an oracle on our own reference.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedBytes, realOutputs, runInRuntimes } from '../oracle/runtimes.mjs';
import { importedGraph, quantizedOutputs } from './models.mjs';

/** `jobs`: { model, samples } with paths and samples { inputs }. Gives { outputs } with real values, or { error }, for each. */
export function runInt8(jobs, python, folder) {
  if (jobs.length === 0) return [];
  if (python === undefined) return jobs.map(onReference);
  const asked = jobs.map(({ model, samples }, i) => {
    const feeds = join(folder, `job${i}.feeds`);
    writeFileSync(feeds, feedBytes(samples.map(({ inputs }) => inputs)));
    const graph = importedGraph(model);
    return {
      model,
      feeds,
      samples: samples.length,
      runtime: 'tflm',
      out: join(folder, `job${i}.out`),
      inputs: graph.inputs.length,
      outputs: graph.outputs.length,
    };
  });
  return runInRuntimes(python, asked, folder).map((job) =>
    job.error === undefined ? { outputs: realOutputs(job) } : { error: `TFLite Micro: ${job.error}` },
  );
}

function onReference({ model, samples }) {
  try {
    return { outputs: quantizedOutputs(importedGraph(model), samples) };
  } catch (error) {
    return { error: `our reference: ${error.message.split('\n')[0]}` };
  }
}
