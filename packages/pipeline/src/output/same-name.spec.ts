// The output of one model is not taken for an older one of another.
import { join } from 'node:path';
import { listFiles, sealed } from './output-mark.js';
import { requireSameName } from './same-name.js';

const directory = join('build', 'both');
const holding = (file: string): { readonly mark: string } => ({
  mark: sealed({ tool: { name: 'wherry', version: '1' }, files: listFiles(new Map([[file, 'x']])) }),
});

it('takes an older output of the same name, and a folder without one', () => {
  expect(() => requireSameName(directory, { mark: undefined }, { name: 'kws' })).not.toThrow();
  expect(() => requireSameName(directory, holding('kws.tflite'), { name: 'kws' })).not.toThrow();
  expect(() => requireSameName(directory, holding('model.tflite'), {})).not.toThrow();
});

it('refuses that of another, and says where this one could go', () => {
  const wrong = (): void => requireSameName(directory, holding('model.tflite'), { name: 'kws' });
  expect(wrong).toThrow('OUTPUT_NOT_OURS: it holds the files of a model called "model"');
  expect(wrong).toThrow(`--out ${join('build', 'kws')}`);
  expect(() => requireSameName(directory, holding('kws.tflite'), {})).toThrow('of "model" would replace');
});

it('says first that there can be no such name', () => {
  expect(() => requireSameName(directory, holding('model.tflite'), { name: 'switch' })).toThrow('EXPORT_NAME: ');
});
