// What the other converters make of a float model in each scheme: TensorFlow's of the source, litert-quantizer's of that.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feedBytes } from './runtimes.mjs';

const script = fileURLToPath(new URL('./scheme_peers.py', import.meta.url));

/**
 * { TensorFlow: { scheme: { path } | { error } }, 'litert-quantizer': … }. `model`: what TensorFlow reads, or a float
 * .tflite; where there is none, litert-quantizer is given the float32 file that TensorFlow makes.
 */
export function convertInSchemes({ pythons, model, shape, samples, schemes }, folder) {
  const feeds = join(folder, 'peers.f32');
  writeFileSync(feeds, feedBytes(samples.map(({ inputs }) => inputs)));
  const ask = (tool, source, names) => {
    const runs = names.map((scheme) => ({ scheme, out: join(folder, `${tool}.${scheme}.tflite`) }));
    const answers = askPeer(
      pythons[tool],
      { tool, model: source, shape, samples: feeds, count: samples.length, runs },
      folder,
    );
    return Object.fromEntries(
      runs.map(({ scheme, out }, i) => [scheme, answers[i].error === undefined ? { path: out } : answers[i]]),
    );
  };
  const isFile = model.endsWith('.tflite');
  const known = new Set(['float32', ...schemes]);
  const tensorflow = isFile || pythons.tensorflow === undefined ? {} : ask('tensorflow', model, [...known]);
  const float = isFile ? model : tensorflow.float32?.path;
  const quantizer = float === undefined || pythons.litert === undefined ? {} : ask('litert', float, schemes);
  return { TensorFlow: tensorflow, 'litert-quantizer': quantizer };
}

function askPeer(python, job, folder) {
  const list = join(folder, `${job.tool}.json`);
  writeFileSync(list, JSON.stringify(job));
  const { stdout, stderr, status } = spawnSync(python, ['-B', script, list], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  if (answers.length !== job.runs.length)
    throw new Error(`${job.tool} ended with ${status}: ${stderr.trim().split('\n').at(-1)}`);
  return answers;
}
