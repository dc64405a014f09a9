// Settings from a file and from the command line: one set of rules, errors that name the key.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployConfig } from './project.js';
import { requestOf } from './deploy-settings.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-config-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string): ReturnType<typeof readDeployConfig> {
  writeFileSync(join(folder, 'c.json'), text);
  return readDeployConfig(join(folder, 'c.json'));
}

it('reads every setting', async () => {
  const settings = {
    model: 'm.h5',
    profile: 'esp32',
    calibration: 'c.npy',
    evaluation: 'e.npy',
    preprocessing: { divideBy: 255 },
    samples: 10,
    method: 'percentile',
    percentile: 99,
    biasCorrection: false,
    equalization: false,
    inputType: 'int8',
    outputType: 'float32',
    labels: ['a'],
    name: 'n',
    symbol: 's',
    layout: 'cmake',
    arrayFormat: 'string',
    license: 'MIT',
    out: 'o',
  };
  const config = await read(JSON.stringify({ $schema: 'x', ...settings }));
  expect(requestOf(config, ['model', 'profile', 'out'])).toMatchObject(settings);
});

it.each([
  ['{ "profil": 1 }', 'did you mean "profile"'],
  ['{ "samples": 0 }', 'samples is 0'],
  ['{ "samples": "9" }', 'samples is "9"'],
  ['{ "percentile": 101 }', 'at most 100'],
  ['{ "labels": [] }', 'a list of names'],
  ['{ "inputType": "int32" }', 'int8, uint8, int16 or float32'],
  ['{ "scheme": "int7" }', 'int16x8 or int4'],
  ['[]', 'an object'],
  ['{', 'c.json'],
  ['{ "model": "a", "model": "b" }', 'c.json'],
  ['{ "__proto__": 1 }', '__proto__'],
  ['{ "preprocessing": { "divide": 2 } }', 'divide'],
  ['{ "layout": "make" }', 'pico-sdk or cmake'],
  ['{ "arrayFormat": "xxd" }', 'hex, string or incbin'],
  ['{ "license": "MIT License" }', 'a licence as SPDX writes it'],
  ['{ "out": "" }', 'out is ""'],
])('refuses %s', async (text, says) => {
  await expect(read(text)).rejects.toMatchObject({
    name: 'WherryError',
    message: expect.stringContaining(says) as string,
  });
});

it.each([
  ['CONFIG_JSON', '{ "model": "a", }'],
  ['CONFIG_JSON', '{ "model": "a", "model": "b" }'],
  ['CONFIG_INVALID', '{ "engine": "wasm" }'],
  ['CONFIG_INVALID', '{ "labels": ["a", "a"] }'],
])('has a code of its own, %s, for %s', async (code, text) => {
  await expect(read(text)).rejects.toThrow(`${code}: `);
});

it('takes the mark that some editors put in front, and says what other encodings are', async () => {
  await expect(read('\uFEFF{ "model": "m.h5" }')).resolves.toEqual({ model: 'm.h5' });
  writeFileSync(join(folder, 'c.json'), Buffer.from('\uFEFF{}', 'utf16le'));
  await expect(readDeployConfig(join(folder, 'c.json'))).rejects.toThrow('not text in UTF-8');
});

it('gives advice on the default file that fits it: nobody has named it', async () => {
  const before = process.cwd();
  mkdirSync(join(folder, 'deploy.config.json'));
  process.chdir(folder);
  try {
    await expect(readDeployConfig(undefined)).rejects.toThrow(/move deploy\.config\.json away/);
  } finally {
    process.chdir(before);
  }
});

it('calls options of the command line by their names there', () => {
  expect(() => requestOf({ symbol: '' }, [])).toThrow('ARGUMENTS_INVALID: --symbol is ""');
  expect(() => requestOf({ percentile: 99, method: 'mse' }, [])).toThrow('SETTING_UNUSED');
  expect(requestOf({ percentile: 99, method: 'percentile' }, []).percentile).toBe(99);
});

it('wants a file that is named, and not the default one', async () => {
  await expect(readDeployConfig(join(folder, 'none.json'))).rejects.toThrow('there is no such file');
  await expect(readDeployConfig(undefined)).resolves.toEqual({});
});

it('says everything that is missing at once', () => {
  expect(() => requestOf({}, ['model', 'profile', 'out'])).toThrow(
    'a model, a device profile, calibration data and an output folder are missing',
  );
  expect(() => requestOf({ model: 'm' }, ['model', 'profile'])).toThrow(
    'REQUEST_INCOMPLETE: a device profile and calibration data are missing',
  );
});

it('lets words of the command line replace the preprocessing of the file', () => {
  const request = requestOf({ model: 'm', profile: 'p', preprocessing: { divideBy: 2 }, preprocess: ['divideBy=4'] }, [
    'model',
    'profile',
  ]);
  expect(request.preprocessing).toEqual({ divideBy: 4 });
  expect(() => requestOf({ samples: NaN }, [])).toThrow('--samples is not a number');
});
