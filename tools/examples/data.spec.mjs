// What lies in apps/examples is what the scripts here make: data byte for byte, and nothing else that a user would not have.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { exampleFolder } from './example-folder.mjs';
import { examples } from './examples.mjs';

const written = ['README.md', 'baselines', 'deploy.config.json', 'main.c', 'main.cc'];
const mostBytes = 1.5 * 2 ** 20;
const mostBytesOfModel = 150_000;

/** What is committed of an example, without what its README has built in it. */
function filesOf(name) {
  return readdirSync(exampleFolder(name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(exampleFolder(name), join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !path.startsWith('build/'));
}

const bytesOf = (name, path) => readFileSync(join(exampleFolder(name), path));

it.each(examples.map((example) => [example.name, example]))('the data of %s are made from a seed', (name, { data }) => {
  const made = data();
  for (const [path, bytes] of made) expect([path, bytesOf(name, path).equals(bytes)]).toEqual([path, true]);
  const models = filesOf(name).filter((path) => !made.has(path) && !written.includes(path.split('/')[0]));
  expect(models.filter((path) => !/\.(h5|keras|tflite)$/.test(path))).toEqual([]);
  for (const path of models) expect(bytesOf(name, path).length).toBeLessThanOrEqual(mostBytesOfModel);
});

it('is made of every example', () => {
  expect(readdirSync(exampleFolder('.')).sort()).toEqual(examples.map(({ name }) => name).sort());
});

it('takes little room', () => {
  const sizes = examples.flatMap(({ name }) => filesOf(name).map((path) => bytesOf(name, path).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostBytes);
});
