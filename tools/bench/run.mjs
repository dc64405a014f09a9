// `npm run bench`: whole cold processes, `deploy` and TensorFlow's converter in turn on the same model and samples.
import { existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAnomalySamples, writeCifarSamples } from './bench-samples.mjs';
import { measureProcess, median } from './measure-process.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = process.env.WHERRY_SHARED ?? join(root, '..', 'shared');
const python = process.env.WHERRY_ORACLE_PYTHON;
const folder = join(root, 'build', 'bench');
const runs = 5;

if (!existsSync(shared)) {
  console.error('the bench runs on real models: put them into ../shared, or set WHERRY_SHARED');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const cases = [
  {
    name: 'ResNet-8',
    model: join(shared, 'models', 'mlperf-tiny', 'ic01', 'pretrainedResnet.h5'),
    samples: join(folder, 'cifar.npy'),
    write: writeCifarSamples,
  },
  {
    name: 'ad01',
    model: join(shared, 'models', 'mlperf-tiny', 'ad01', 'ad01.h5'),
    samples: join(folder, 'ad01.npy'),
    write: writeAnomalySamples,
  },
];

const ours = ({ name, model, samples }) =>
  measureProcess(process.execPath, [
    join(root, 'apps', 'cli', 'bin', 'deploy.mjs'),
    '--profile',
    'esp32',
    model,
    '--calibration',
    `npy:${samples}`,
    '--out',
    join(folder, name),
    '--quiet',
  ]);
const theirs = ({ name, model, samples }) =>
  measureProcess(python, [
    join(root, 'tools', 'bench', 'convert_with_tensorflow.py'),
    model,
    samples,
    '100',
    join(folder, `${name}.tflite`),
  ]);

const figure = (measured, key, unit) => {
  const values = measured.map((each) => each[key] / unit);
  return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
};

console.log(
  `100 calibration samples, full int8 with int8 inputs and outputs, whole process, ${runs} runs in turn, median (least to most)`,
);
console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0].model}`);
if (python === undefined)
  console.log('left out: the peer (WHERRY_ORACLE_PYTHON is not set; bash tools/oracle/install.sh brings it)');
for (const each of cases) {
  each.write(shared, each.samples);
  const [own, peer] = [[], []];
  for (let run = 0; run < runs; run++) {
    own.push(await ours(each));
    if (python !== undefined) peer.push(await theirs(each));
  }
  console.log(
    `${each.name.padEnd(9)} deploy                ${figure(own, 'seconds', 1)} s   ${figure(own, 'peakBytes', 2 ** 20)} MiB`,
  );
  if (peer.length === 0) continue;
  const ratio = (key) => (median(peer.map((m) => m[key])) / median(own.map((m) => m[key]))).toFixed(1);
  console.log(
    `${each.name.padEnd(9)} tf.lite.TFLiteConverter ${figure(peer, 'seconds', 1)} s   ${figure(peer, 'peakBytes', 2 ** 20)} MiB`,
  );
  console.log(`${each.name.padEnd(9)} ${ratio('seconds')} times faster, ${ratio('peakBytes')} times less memory`);
}
