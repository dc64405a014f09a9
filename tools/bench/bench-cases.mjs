// The models of the bench, small ones of the shared folder and large ones that are made, each with its samples.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeAnomalySamples, writeCifarSamples } from './bench-samples.mjs';

/** Too large for a microcontroller: the profile that allows everything. */
const largeNames = ['MobileNetV2', 'EfficientNetB0', 'ResNet50'];

/** `names`: those to measure, all when empty. Makes what is not there; large models need `oracle`, a Python with TensorFlow. */
export function benchCases({ root, shared, folder, oracle, names }) {
  const tiny = (...path) => join(shared, 'models', 'mlperf-tiny', ...path);
  const small = [
    {
      name: 'ResNet-8',
      profile: 'esp32',
      model: tiny('ic01', 'pretrainedResnet.h5'),
      float: tiny('ic01', 'pretrainedResnet.tflite'),
      samples: join(folder, 'cifar.npy'),
      write: writeCifarSamples,
    },
    {
      name: 'ad01',
      profile: 'esp32',
      model: tiny('ad01', 'ad01.h5'),
      float: tiny('ad01', 'ad01_fp32.tflite'),
      samples: join(folder, 'ad01.npy'),
      write: writeAnomalySamples,
    },
  ];
  const large = largeNames.map((name) => {
    const [model, float, samples] = ['h5', 'tflite', 'npy'].map((ending) => join(folder, `${name}.${ending}`));
    return { name, profile: 'host-reference', model, float, samples };
  });
  const wanted = [...small, ...large].filter(({ name }) => names.length === 0 || names.includes(name));
  if (wanted.length === 0)
    throw new Error(
      `there is none of ${names.join(', ')}: choose from ${[...small, ...large].map(({ name }) => name)}`,
    );
  for (const { write, samples } of wanted) write?.(shared, samples);
  const missing = wanted.filter(({ model }) => !existsSync(model));
  if (missing.length === 0) return wanted;
  if (oracle === undefined) {
    console.log(
      `left out: ${missing.map(({ name }) => name).join(', ')} (WHERRY_ORACLE_PYTHON is not set; it makes them)`,
    );
    return wanted.filter((one) => !missing.includes(one));
  }
  const made = spawnSync(oracle, [join(root, 'tools', 'bench', 'make_large_models.py'), folder], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`the large models cannot be made:\n${made.stderr.slice(-2000)}`);
  return wanted;
}
