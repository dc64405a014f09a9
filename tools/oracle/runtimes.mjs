// Runs .tflite files in TFLite Micro or TensorFlow through one Python process, and reads what they answered.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataTypes } from '@wherry/graph';

const script = fileURLToPath(new URL('./twins_run.py', import.meta.url));

/**
 * `jobs`: { model, feeds, samples, runtime, out, inputs, outputs } as twins_run.py takes them. Gives each job with what
 * the runtime says of its outputs, or with `error`. `folder` is a place for the list of jobs.
 */
export function runInRuntimes(python, jobs, folder) {
  const list = join(folder, 'jobs.json');
  writeFileSync(list, JSON.stringify(jobs));
  const { stdout, status, stderr } = spawnSync(python, ['-B', script, list], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  if (status !== 0 || answers.length !== jobs.length)
    throw new Error(`the oracle failed: ${stderr.trim().split('\n').at(-1)}`);
  return jobs.map((job, i) => ({ ...job, ...answers[i] }));
}

/** The bytes of float32 feeds as jobs take them: sample after sample, each with all its inputs in order. */
export const feedBytes = (samples) =>
  Buffer.concat(
    samples.flatMap((inputs) => inputs.map((values) => Buffer.from(Float32Array.from(values, Number).buffer))),
  );

/** Raw output of a finished job as [sample][output] typed arrays. */
export function rawOutputs({ out, outputs, samples }) {
  const file = readFileSync(out);
  let offset = 0;
  return Array.from({ length: samples }, () =>
    outputs.map(({ dtype, count }) => {
      const { array, bytes } = dataTypes[dtype];
      return new array(Uint8Array.from(file.subarray(offset, (offset += bytes * count))).buffer);
    }),
  );
}

/** All outputs of a sample in one array of real values. */
export const realOutputs = (job) =>
  rawOutputs(job).map((values) =>
    Float64Array.from(
      values.flatMap((data, k) =>
        Array.from(data, (q) =>
          job.outputs[k].scale === 0 ? q : (q - job.outputs[k].zeroPoint) * job.outputs[k].scale,
        ),
      ),
    ),
  );
