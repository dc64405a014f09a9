// `npm run bench [-- NAME ...]`: whole cold processes in turn on the same model and samples: `deploy`, by default and with one
// fixed method, litert-quantizer and TensorFlow's converter.
import { existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchCases } from './bench-cases.mjs';
import { measureProcess, median } from './measure-process.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = process.env.WHERRY_SHARED ?? join(root, '..', 'shared');
const { WHERRY_ORACLE_PYTHON: oracle, WHERRY_PEERS_PYTHON: peers } = process.env;
const folder = join(root, 'build', 'bench');
const runs = 5;

if (!existsSync(shared)) {
  console.error('the bench runs on real models: put them into ../shared, or set WHERRY_SHARED');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const deploy = (more) => (one) => {
  const command = join(root, 'apps', 'cli', 'bin', 'deploy.mjs');
  const data = ['--calibration', `npy:${one.samples}`, '--out', join(folder, `${one.name} out`)];
  return measureProcess(process.execPath, [command, '--profile', one.profile, one.model, ...data, '--quiet', ...more]);
};
const script = (python, name, source) => (one) =>
  measureProcess(python, [
    join(root, 'tools', 'bench', name),
    one[source],
    one.samples,
    '100',
    join(folder, 'peer.tflite'),
  ]);
const fixed = ['--method', 'min-max', '--no-equalization', '--no-bias-correction'];
const contenders = [
  { name: 'deploy', run: deploy([]) },
  { name: 'deploy, min-max alone', run: deploy(fixed) },
  ...(peers === undefined ? [] : [{ name: 'litert-quantizer', run: script(peers, 'convert_with_litert.py', 'float') }]),
  ...(oracle === undefined
    ? []
    : [{ name: 'tf.lite.TFLiteConverter', run: script(oracle, 'convert_with_tensorflow.py', 'model') }]),
];

const figure = (measured, key, unit) => {
  const values = measured.map((each) => each[key] / unit);
  return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
};

console.log(
  `100 calibration samples, full int8 with int8 inputs and outputs, whole process, ${runs} runs in turn, median (least to most)`,
);
console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0].model}`);
for (const [python, name] of [
  [peers, 'WHERRY_PEERS_PYTHON'],
  [oracle, 'WHERRY_ORACLE_PYTHON'],
])
  if (python === undefined)
    console.log(`left out: a peer (${name} is not set; bash tools/oracle/install.sh brings it)`);
for (const one of benchCases({ root, shared, folder, oracle, names: process.argv.slice(2) })) {
  const measured = contenders.map(() => []);
  for (let run = 0; run < runs; run++)
    for (const [i, { run: measure }] of contenders.entries()) measured[i].push(await measure(one));
  for (const [i, { name }] of contenders.entries())
    console.log(
      `${one.name.padEnd(15)} ${name.padEnd(24)} ${figure(measured[i], 'seconds', 1)} s   ${figure(measured[i], 'peakBytes', 2 ** 20)} MiB`,
    );
}
