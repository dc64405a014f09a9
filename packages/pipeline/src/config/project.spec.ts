// A project in one file: several models, each with settings and profiles of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenModels, parseProject, readDeployConfig, readProject } from './project.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-project-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(value: unknown): string {
  const path = join(folder, 'p.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}

const two = {
  $schema: 'x',
  models: {
    digits: { model: 'd.h5', calibration: 'd.npz', samples: 50 },
    keywords: { model: 'k.h5', name: 'kws', profiles: ['esp32-s3'], scheme: 'int16x8' },
  },
  profiles: ['esp32', './boards/ours.json'],
  samples: 100,
  license: 'MIT',
};

it('gives each model what is said for all, under what it says itself', async () => {
  await expect(readProject(file(two))).resolves.toEqual({
    file: join(folder, 'p.json'),
    isNamed: true,
    models: [
      {
        name: 'digits',
        settings: { name: 'digits', model: 'd.h5', calibration: 'd.npz', samples: 50, license: 'MIT' },
        profiles: ['esp32', './boards/ours.json'],
      },
      {
        name: 'keywords',
        settings: { name: 'kws', model: 'k.h5', scheme: 'int16x8', samples: 100, license: 'MIT' },
        profiles: ['esp32-s3'],
      },
    ],
  });
});

it('reads a text as it reads a file', async () => {
  const path = file(two);
  expect(parseProject(JSON.stringify(two), path)).toEqual(await readProject(path));
  expect(() => parseProject('{', 'there.json')).toThrow(/CONFIG_JSON/);
});

it('is one model and one profile where it lists no models', async () => {
  const single = { model: 'models/Digits-v2.keras', profile: 'esp32', samples: 7, out: 'build' };
  await expect(readProject(file(single))).resolves.toMatchObject({
    isNamed: false,
    models: [{ name: 'digits_v2', settings: { model: 'models/Digits-v2.keras', samples: 7 }, profiles: ['esp32'] }],
  });
});

describe('settings of one run', () => {
  it('are those of the model that is named, with its profile where there is one', async () => {
    const path = file(two);
    await expect(readDeployConfig(path, 'keywords')).resolves.toEqual({
      ...{ model: 'k.h5', name: 'kws', scheme: 'int16x8', samples: 100, license: 'MIT', profile: 'esp32-s3' },
    });
    expect(await readDeployConfig(path, 'digits')).not.toHaveProperty('profile');
  });

  it('are those for all with a model that is a file', async () => {
    await expect(readDeployConfig(file(two), 'other.h5')).resolves.toEqual({
      ...{ model: 'other.h5', samples: 100, license: 'MIT' },
    });
  });

  it('are those of the only model, and of no other where it is left open', async () => {
    const only = { models: { a: { model: 'a.h5', profiles: ['esp32'] } } };
    await expect(readDeployConfig(file(only))).resolves.toEqual({ name: 'a', model: 'a.h5', profile: 'esp32' });
    await expect(readDeployConfig(file(two))).rejects.toThrow('name one of them: digits, keywords');
  });
});

it.each([
  [{ models: {} }, 'models does not hold a model'],
  [{ models: ['a'] }, 'models does not hold a model'],
  [{ models: { a: 'a.h5' }, profiles: ['x'] }, 'it does not hold an object'],
  [{ models: { 'My Model': { model: 'a' } }, profiles: ['x'] }, 'call it my_model'],
  [{ models: { train: { model: 'a' } }, profiles: ['x'] }, 'call it train_model'],
  [{ models: { a: { model: 'a' } } }, 'no profiles are listed'],
  [{ models: { a: { model: 'a', profiles: [] } } }, 'profiles is []'],
  [{ models: { a: { model: 'a', profiles: ['x', 'x'] } } }, 'each once'],
  [{ models: { a: { model: 'a', profiles: ['x'] } }, profiles: ['y'] }, 'each of them has its own'],
  [{ models: { a: { model: 'a', profiles: ['x'] } }, profiles: 'y' }, 'profiles is "y"'],
  [{ models: { a: { model: 'a', profile: 'x' } } }, 'write "profiles": ["x"]'],
  [{ models: { a: { model: 'a', out: 'o' } }, profiles: ['x'] }, 'give --out'],
  [{ models: { a: { calibration: 'c' } }, profiles: ['x'] }, 'it has no model'],
  [{ models: { a: { model: 'a', sampels: 1 } }, profiles: ['x'] }, 'did you mean "samples"'],
  [{ models: { a: { model: 'a' } }, profiles: ['x'], labels: ['b'] }, '"labels" stands beside "models"'],
  [{ models: { a: { model: 'a' } }, profiles: ['x'], sampels: 1 }, 'did you mean "samples"'],
  [{ profiles: ['x'], model: 'a' }, 'list profiles beside "models"'],
  [{ model: 'a' }, 'it has no profile'],
])('refuses %j', async (value, says) => {
  await expect(readProject(file(value))).rejects.toThrow(/CONFIG_INVALID/);
  await expect(readProject(file(value))).rejects.toThrow(says);
});

it('is asked for where there is none', async () => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    await expect(readProject(undefined)).rejects.toThrow('CONFIG_MISSING');
  } finally {
    process.chdir(before);
  }
});

it('has models by name', async () => {
  const project = await readProject(file(two));
  expect(chosenModels(project, []).map(({ name }) => name)).toEqual(['digits', 'keywords']);
  expect(chosenModels(project, ['keywords']).map(({ name }) => name)).toEqual(['keywords']);
  expect(() => chosenModels(project, ['digit'])).toThrow('did you mean "digits"?');
});
