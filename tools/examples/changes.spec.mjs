// Nothing moves unnoticed in a file that a user has: single changes of the small digits, each to be found, with the layer that it is in.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baselinePlace, noProgress, pairsOf, readProject, testProject } from '@wherry/pipeline';
import { decode, encode } from '@wherry/tflite-writer';
import { randomStream } from '../networks/random.mjs';
import { exampleFolder } from './example-folder.mjs';
import { changedPlan, changedScale, changedVersion, changedWeight } from './file-changes.mjs';

/** Of each kind. */
const changes = 60;
const longestMilliseconds = 180_000;

let folder;
let model;
let pairs;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'example-changes-'));
  const [path, evaluation] = ['model.tflite', 'test.npz'].map((name) => join(folder, name));
  copyFileSync(join(exampleFolder('digits'), 'digits-test.npz'), evaluation);
  // As the writer here has it, so that a change is all that differs.
  model = decode(readFileSync(join(exampleFolder('digits'), 'digits-small-int8.tflite')));
  write(model);
  const { labels } = JSON.parse(readFileSync(join(exampleFolder('digits'), 'deploy.config.json'), 'utf8')).models
    .digits_small;
  const digits_small = { model: path, evaluation, samples: 2, labels, profiles: ['stm32f4'] };
  const project = join(folder, 'deploy.config.json');
  writeFileSync(project, JSON.stringify({ models: { digits_small } }));
  pairs = await pairsOf(await readProject(project), { models: [], profiles: [] });
  expect((await test({ update: true })).pairs).toMatchObject([{ verdict: 'updated' }]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (changed) => writeFileSync(join(folder, 'model.tflite'), encode(changed));

async function test({ update = false } = {}) {
  const request = {
    ...pairs,
    tiers: ['host'],
    baselines: baselinePlace(join(folder, 'deploy.config.json')),
    update,
    inCi: false,
  };
  return testProject(request, { engine: 'reference' }, noProgress);
}

/** What is found of one change after the other, each drawn from a seed and made to the file as it was. */
async function found(change) {
  const all = [];
  for (let seed = 1; seed <= changes; seed++) {
    const random = randomStream(1000 * seed);
    const changed = structuredClone(model);
    const where = change(changed, (below) => Math.floor(below * random()));
    write(changed);
    const {
      ok,
      pairs: [pair],
    } = await test();
    const named = (start) =>
      pair.differences.filter(({ metric }) => metric.startsWith(start)).map(({ metric }) => metric.slice(start.length));
    all.push({ seed, where, ok, error: pair.error, moved: pair.moved, named });
  }
  return all;
}

it('gives the same document of the same files, 50 times', async () => {
  write(model);
  const documents = new Set();
  for (let run = 0; run < 50; run++) documents.add(JSON.stringify(await test()));
  expect([...documents].map((text) => JSON.parse(text).ok)).toEqual([true]);
}, 180_000);

it(
  'finds each weight and bias that is off by one quantum, in its layer',
  async () => {
    for (const { seed, where, ok, moved, named } of await found(changedWeight)) {
      expect([seed, ok, moved.slice(0, 2), moved.includes('bytes')]).toEqual([seed, false, ['input', 'import'], true]);
      expect([seed, named('import.layer.'), named('bytes.constants.')]).toEqual([seed, [where], [where]]);
      expect([seed, moved.includes('memory')]).toEqual([seed, false]);
    }
  },
  longestMilliseconds,
);

it(
  'finds each scale that is off, by the least there is or by one in a hundred, in its layer',
  async () => {
    const off = (file, below) =>
      changedScale(file, below, below(2) === 0 ? nextFloat : (scale) => Math.fround(1.01 * scale));
    for (const { seed, where, ok, moved, named, error } of await found(off)) {
      expect([seed, ok]).toEqual([seed, false]);
      // A bias is stored in steps of the input's scale times that of the weights: what is far from it is refused. So is a tensor whose scale
      // its operator fixes, or one that reads it and writes in the same.
      if (error !== null) {
        const readers = { forms: ['pool'] }[where] ?? [];
        expect([seed, [where, ...readers]]).toEqual([seed, expect.arrayContaining([error.where])]);
        expect(['TFLITE_INVALID', 'TARGET_CANNOT_RUN']).toContain(error.code);
      } else {
        expect([seed, moved.slice(0, 3)]).toEqual([seed, ['input', 'import', 'plan']]);
        expect([seed, named('plan.layer.')]).toEqual([seed, expect.arrayContaining([where])]);
      }
    }
  },
  longestMilliseconds,
);

it(
  'finds each version of an operator, which changes the file that is given and nothing that is computed',
  async () => {
    for (const { seed, ok, moved } of await found(changedVersion))
      expect([seed, ok, moved]).toEqual([seed, false, ['input', 'bytes']]);
  },
  longestMilliseconds,
);

it(
  'finds each bit of the memory plan that the file carries: refused, or a file that is another',
  async () => {
    for (const { seed, ok, moved, error } of await found(changedPlan)) {
      expect([seed, ok]).toEqual([seed, false]);
      if (error === null) expect([seed, moved]).toEqual([seed, ['input', 'bytes']]);
      else
        expect([seed, error.code, error.what]).toEqual([
          seed,
          'TFLITE_METADATA',
          expect.stringMatching(/^OfflineMemoryAllocation: /),
        ]);
    }
  },
  longestMilliseconds,
);

/** The next one that a float32 can be. */
function nextFloat(value) {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  bits[0]++;
  return new Float32Array(bits.buffer)[0];
}
