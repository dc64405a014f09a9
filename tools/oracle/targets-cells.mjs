// One model on every profile, as a user would deploy it without naming a scheme: an output, or the refusal that came of it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { attempt, noProgress, requestOf } from '@wherry/pipeline';
import { findProfile } from '@wherry/profiles';
import { optimize } from '@wherry/quantizer';
import { feedBytes } from './runtimes.mjs';
import { cases } from './twins-cases.mjs';
import { samplesFor } from './twins-samples.mjs';

/** Enough for ranges that the runtime's arithmetic can be asked about; what the choice is worth is asked elsewhere. */
const calibrated = 8;

/** Every file below `models` that may hold a float model, with data of its kind where there is some. */
export function floatSources(shared, only) {
  const dataOf = (source) => cases.find((each) => each.source === source)?.data ?? {};
  return readdirSync(join(shared, 'models'), { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(h5|hdf5|keras|tflite)$/.test(name) && only.some((text) => name.includes(text)))
    .sort()
    .map((source) => ({ source, data: dataOf(source) }));
}

/** { path, float, calibration, preprocessing, feeds }, or { quantized: true }. Throws WherryError where it is not read. */
export async function openSource({ source, data }, shared, folder) {
  const path = join(shared, 'models', source);
  const { graph } = importModel(readFileSync(path), { fileName: path });
  if (graph.tensors.some(({ quantization }) => quantization !== undefined)) return { quantized: true };
  const float = optimize(graph).graph;
  const expectations = float.inputs.map((id) => {
    const { name, shape, dtype } = float.tensors[id];
    return { name, shape, dtype };
  });
  const given = await samplesFor({ data, expectations, shared, folder, most: calibrated });
  const feeds = join(folder, 'feeds.f32');
  writeFileSync(feeds, feedBytes([given.samples[0].inputs]));
  return { path, float, feeds, ...given };
}

/**
 * { profile, scheme, job } or { profile, exitCode, code, what, next }. `job` asks the runtime that the profile names, for
 * runInRuntimes; files of the same bytes are written once.
 */
export async function cellOf({ path, calibration, preprocessing, feeds, auto }, profile, folder, context) {
  const settings = { model: path, profile, calibration, samples: calibrated, preprocessing };
  const verdictOf = (more) =>
    attempt(requestOf({ ...settings, ...more }, ['model', 'profile']), context.library, context.host, noProgress);
  const quick = { method: 'min-max', biasCorrection: false, equalization: false };
  try {
    const { deployment, refused } = await verdictOf(auto ? {} : quick).catch((error) => {
      // No scheme that is left chooses ranges.
      if (error?.definition?.code === 'SETTING_UNUSED') return verdictOf({});
      throw error;
    });
    if (refused !== undefined) return { profile, ...refusalOf(refused.refusal) };
    const { quantized, place, tflite } = deployment;
    return {
      profile,
      scheme: place.scheme,
      mixed: quantized.mix === null ? undefined : quantized.mix.high,
      job: jobOf(quantized.graph, tflite, runtimeFor(context.library, profile), feeds, folder),
    };
  } catch (error) {
    if (error instanceof WherryError) return { profile, ...refusalOf(error) };
    return { profile, exitCode: 1, code: 'BUG', what: String(error?.stack ?? error), next: '' };
  }
}

const refusalOf = ({ definition, details }) => ({
  exitCode: definition.exitCode,
  code: definition.code,
  what: details.what,
  next: details.next,
});

/** What is there of the named runtime on a computer: TFLite Micro's own interpreter, or that of LiteRT on the processor. */
const runtimeFor = (library, profile) =>
  findProfile(library, profile).profile.runtime.name.startsWith('tflm') ? 'tflm' : 'tensorflow';

function jobOf(graph, tflite, runtime, feeds, folder) {
  const model = join(folder, `${createHash('sha256').update(tflite).digest('hex').slice(0, 16)}.tflite`);
  if (!existsSync(model)) writeFileSync(model, tflite);
  return {
    model,
    feeds,
    samples: 1,
    runtime,
    out: join(folder, `${runtime}.out`),
    inputs: graph.inputs.length,
    outputs: graph.outputs.length,
  };
}
