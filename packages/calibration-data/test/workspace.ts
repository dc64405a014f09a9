// A temporary folder per spec file, and short forms of opening a source and reading all of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseDataSource } from '../src/data-source.js';
import { openDataset, type DatasetOptions, type Sample } from '../src/dataset.js';
import type { InputExpectation } from '../src/formats/format.js';

export interface TestFolder {
  readonly path: string;
  /** Writes a file and returns its path. */
  readonly write: (name: string, bytes: Uint8Array | string) => string;
  readonly remove: () => void;
}

export function createTestFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'wherry-data-'));
  const write = (name: string, bytes: Uint8Array | string): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return file;
  };
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function inputOf(...shape: number[]): InputExpectation[] {
  return [{ name: 'input', shape: [1, ...shape], dtype: 'float32' }];
}

/** All samples, each as plain numbers. */
export async function readAll(source: string, expectations: readonly InputExpectation[], options: DatasetOptions = {}) {
  const dataset = await openDataset(parseDataSource(source), expectations, options);
  const samples: (Omit<Sample, 'inputs'> & { inputs: number[][] })[] = [];
  for await (const sample of dataset.samples())
    samples.push({ ...sample, inputs: sample.inputs.map((data) => [...data]) });
  return {
    dataset,
    samples,
    values: samples.map(({ inputs }) => inputs[0]!),
    labels: samples.map(({ label }) => label),
  };
}
