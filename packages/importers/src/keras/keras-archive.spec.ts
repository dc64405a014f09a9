// Archives as Keras writes them, as others pack them, and as nobody should.
import { strToU8, zipSync } from 'fflate';
import { importModel } from '../import-model.js';
import { kerasArchive } from '../testing/keras-archive-file.js';
import { kerasFile, layer, sequential } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';

const config = sequential([2], layer('Dense', { name: 'd', units: 1, activation: 'linear' }));
const kernel = [0.5, -2];
const model = { config, weights: { 'layers/dense': [kernel, [0.25]] }, shapes: { 'layers/dense': [[2, 1]] } };

const zip = (members: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(members).map(([name, text]) => [name, strToU8(text)])));

it('gives the graph of the same model in .h5', async () => {
  const { graph, source, warnings } = importModel(await kerasArchive(model));
  expect(source).toEqual({ format: 'keras', producer: 'Keras', version: '3.15.1' });
  expect(warnings).toEqual([]);
  const h5 = await kerasFile({
    config,
    weights: {
      d: [
        { name: 'd/kernel:0', shape: [2, 1], data: kernel },
        { name: 'd/bias:0', shape: [1], data: [0.25] },
      ],
    },
  });
  expect(graph).toEqual(importModel(h5).graph);
});

it('opens what was packed again with compression, and leaves other members alone', async () => {
  const vocabulary = { 'assets/layers/words/vocabulary.txt': strToU8('a\nb\n') };
  const packed = await kerasArchive({ ...model, deflate: true, more: vocabulary });
  expect(importModel(packed).graph).toEqual(importModel(await kerasArchive(model)).graph);
});

it('knows Keras 2 by its version', async () => {
  expect(importModel(await kerasArchive({ ...model, kerasVersion: '2.15.0' })).source.version).toBe('2.15.0');
});

describe('refuses', () => {
  const refusal = (bytes: Uint8Array): string => refusalOf(() => importModel(bytes));

  it('a byte changed anywhere in a member', async () => {
    const sound = await kerasArchive(model);
    for (const text of ['"units":1', 'keras_version']) {
      const at = Buffer.from(sound).indexOf(text);
      const changed = sound.slice();
      changed[at + 1]! ^= 1;
      expect(refusal(changed)).toMatch(/KERAS_ARCHIVE_INVALID.*does not have its checksum/);
    }
  });

  it('a member that would grow beyond reason, before it grows', () => {
    const bomb = zipSync({
      'config.json': strToU8('{}'),
      'model.weights.h5': [new Uint8Array(8 * 1024 * 1024), { level: 9 }],
    });
    expect(refusal(bomb)).toMatch(/"model.weights.h5" would grow from \d+ to 8388608 bytes/);
  });

  it('a member that holds more than it says', async () => {
    const packed = await kerasArchive({ ...model, deflate: true });
    const view = new DataView(packed.buffer, packed.byteOffset);
    const entry = Buffer.from(packed).lastIndexOf('config.json') - 46;
    view.setUint32(entry + 24, 20, true);
    expect(refusal(packed)).toMatch(/KERAS_ARCHIVE_INVALID: .*"config.json"/);
  });

  it('a file cut off', async () => {
    const sound = await kerasArchive(model);
    expect(refusal(sound.subarray(0, sound.length - 30))).toMatch(/KERAS_ARCHIVE_INVALID: .*no end-of-directory/);
  });

  it.each([
    [
      'a packed SavedModel',
      { 'm/saved_model.pb': 'x', 'm/variables/v': 'y' },
      /holds a SavedModel[^]*from_saved_model/,
    ],
    ['a folder packed from outside', { 'm/config.json': '{}', 'm/model.weights.h5': 'x' }, /from outside[^]*zip -0/],
    ['an archive around a model', { 'readme.txt': 'hi', 'model.h5': 'x' }, /around model\.h5[^]*unpack it/],
    ['other weights', { 'config.json': '{}', 'model.weights.npz': 'x' }, /model\.weights\.npz/],
    ['arrays', { 'x.npy': 'x', 'y.npy': 'y' }, /this archive has x\.npy, y\.npy/],
  ])('%s, and says what to do', (_, members, message) => {
    expect(refusal(zip(members))).toMatch(/^KERAS_ARCHIVE_INVALID/);
    expect(refusal(zip(members))).toMatch(message);
  });
});
