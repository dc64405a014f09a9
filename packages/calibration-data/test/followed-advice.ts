// Short forms for data that is refused or warned of with an advice, and read when the advice is followed.
import { npyBytes } from './written-files.mjs';
import { readAll } from './workspace.js';
import type { DatasetOptions } from '../src/dataset.js';
import type { InputExpectation } from '../src/formats/format.js';
import { SampleLint } from '../src/lint-samples.js';
import { parsePreprocessing } from '../src/preprocessing.js';

export interface Followed {
  /** The data for which the advice is given, and its text as it is printed. */
  readonly given: () => Promise<unknown>;
  readonly says: RegExp;
  /** The same data with the advice followed: has to be read. */
  readonly then: () => Promise<unknown>;
}

export const data = (source: string, input: readonly InputExpectation[], options: DatasetOptions = {}) =>
  readAll(source, input, options);
export const floats = (...shape: number[]) =>
  npyBytes(
    '<f4',
    shape,
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
  );
export const preprocessing = (...words: string[]): DatasetOptions => ({ preprocessing: parsePreprocessing(words) });
export const refusal = (
  path: string,
  input: readonly InputExpectation[],
  says: RegExp,
  follow: string,
  options: DatasetOptions = {},
): Followed => ({ given: () => data(path, input), says, then: () => data(`${path}${follow}`, input, options) });
/** Warnings of reading and of the samples, thrown so that they can be looked for like a refusal. */
export const warned = async (
  source: string,
  input: readonly InputExpectation[],
  options: DatasetOptions = {},
): Promise<void> => {
  const { dataset } = await data(source, input, options);
  const lint = new SampleLint(input, undefined, dataset.available);
  for await (const sample of dataset.samples()) lint.observe(sample);
  const warnings = [...dataset.warnings, ...lint.summary().warnings].filter(({ code }) => code !== 'DATA_FEW_SAMPLES');
  if (warnings.length > 0) throw new Error(warnings.map(({ code, next }) => `${code} next  ${next}`).join('\n'));
};
export const warning = (
  path: string,
  input: readonly InputExpectation[],
  says: RegExp,
  then: () => Promise<unknown>,
  options: DatasetOptions = {},
): Followed => ({ given: () => warned(path, input, options), says, then });
