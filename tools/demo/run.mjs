// `npm run demo`: the main job on a network that is trained here and now. Nothing but this repository is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDemoFiles } from './make-demo-files.mjs';
import { keepOthers, listOwn } from './own-files.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'build', 'demo');
const command = join(root, 'apps', 'cli', 'bin', 'deploy.mjs');

/** What the demo makes for `deploy` to read; the folder esp32 is `deploy`'s own to look after. */
const inputs = ['shapes.h5', 'calibration.npy', 'evaluation.npz'];

/** What is wrong with the result when one of these does not hold; the network reaches 91 %. */
const leastTop1 = 0.85;
const greatestDrop = 0.02;
const outputs = [
  'model.tflite',
  'model_data.cc',
  'model_data.h',
  'model_ops.h',
  'model_settings.h',
  'model_io.h',
  'model_selftest.h',
  'report.json',
];

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const here = (name) => relative(root, join(folder, name)).replaceAll('\\', '/');

for (const kept of keepOthers(folder, inputs)) console.log(`kept ${here(kept)}: the demo had not written it\n`);
console.log('1. train a small network that names shapes in pictures of 16 x 16');
const { labels, calibration, evaluation } = await makeDemoFiles(folder, (epoch, epochs, accuracy) =>
  console.log(`   epoch ${epoch} of ${epochs}: ${(100 * accuracy).toFixed(1)} % right on the training set`),
);
listOwn(folder, inputs);
console.log(
  `   wrote ${here('shapes.h5')}, ${here('calibration.npy')} (${calibration.count} pictures) and ${here('evaluation.npz')} (${evaluation.count} with classes), ${seconds()}`,
);

const args = [
  '--profile',
  'esp32',
  here('shapes.h5'),
  '--calibration',
  here('calibration.npy'),
  '--evaluation',
  here('evaluation.npz'),
  '--labels',
  labels.join(','),
  '--out',
  here('esp32'),
];
console.log(`\n2. npx deploy ${args.join(' ')}\n`);
const run = spawnSync(process.execPath, [command, ...args], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  timeout: 120_000,
});
if (run.status !== 0)
  fail(`deploy ended with ${run.status === null ? `signal ${run.signal}` : `exit code ${run.status}`}`);
check(JSON.parse(readFileSync(join(folder, 'esp32', 'report.json'), 'utf8')));
console.log(`
3. look at
   ${here('esp32/model_settings.h')}   shapes, scales, the arena to allocate
   ${here('esp32/model_ops.h')}        the resolver with the operators of this model and no others
   ${here('esp32/model_io.h')}         quantize and dequantize for its input and output
   ${here('esp32/model_selftest.h')}   known answers to compare on the device
   ${here('esp32/report.json')}        all of the above for a program
   README.md shows the firmware around them.

done in ${seconds()}`);

/** The demo is a test too: it fails where the result is not what it shows. */
function check(report) {
  for (const name of outputs) if (!existsSync(join(folder, 'esp32', name))) fail(`${name} was not written`);
  const { labelled, floatRight, quantizedRight } = report.accuracy[0].top1;
  if (labelled !== evaluation.count) fail(`${labelled} pictures had a class, ${evaluation.count} should`);
  if (floatRight / labelled < leastTop1)
    fail(`the float network is right in ${floatRight} of ${labelled} pictures only`);
  if ((floatRight - quantizedRight) / labelled > greatestDrop)
    fail(`int8 is right in ${quantizedRight}, float in ${floatRight} of ${labelled}`);
}

function fail(what) {
  console.error(`\nthe demo failed: ${what}`);
  process.exit(1);
}
