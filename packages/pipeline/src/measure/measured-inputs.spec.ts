// What a model is measured on: as it takes it, and as the user has it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { smallInt8 } from '../testing/small-int8.js';
import { inputsByChance, inputsFrom } from './measured-inputs.js';

const graph = smallInt8();

it('keeps samples as they were before they were rounded to the numbers of the model', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-inputs-'));
  try {
    const file = join(folder, 'samples.csv');
    // Steps of the input are 0.05 wide.
    const rows = [0.07, -0.12].map((value) => Array.from({ length: 25 }, (_, i) => value + 0.1 * i));
    writeFileSync(file, rows.map((row) => `${row.join(',')}\n`).join(''));
    const { feeds, real, said } = await inputsFrom(file, graph, { limit: 10, preprocessing: undefined });
    expect(said).toBe('of samples.csv');
    expect(real.map(([values]) => Array.from(values!, Number))).toEqual(
      rows.map((row) => row.map((value) => Math.fround(value))),
    );
    expect(feeds.map(([values]) => [...(values as Int8Array)].slice(0, 3))).toEqual([
      [-2, 0, 2],
      [-5, -3, -1],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('says where samples have another scale than the model, which takes -6.25 to 6.5', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-inputs-'));
  try {
    const saved = async (scale: number): Promise<readonly string[]> => {
      const file = join(folder, 'samples.csv');
      const rows = Array.from({ length: 10 }, (_, row) =>
        Array.from({ length: 25 }, (_, at) => scale * ((row + at) % 9)),
      );
      writeFileSync(file, rows.map((row) => `${row.join(',')}\n`).join(''));
      const { warnings } = await inputsFrom(file, graph, { limit: 10, preprocessing: undefined });
      return warnings.map(({ code, what }) => `${code}: ${what}`);
    };
    expect(await saved(0.5)).toEqual([]);
    expect(await saved(255 / 8)).toEqual([
      expect.stringMatching(/^INPUT_RANGE: the data goes from 0 to 255, .* are cut off$/),
    ]);
    expect(await saved(0.01)).toEqual([expect.stringMatching(/^INPUT_RANGE: .* few of its steps$/)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('makes up positions that the table has', () => {
  const builder = new GraphBuilder('words');
  const words = builder.input('words', [1, 4], 'int32');
  const table = builder.constant('table', [10, 2], new Float32Array(20), 'float32');
  const vectors = builder.add('GATHER', [table, words], { axis: 0, batchDims: 0 }, { origin: 'look' });
  const { feeds } = inputsByChance(builder.finish([vectors]), 20);
  expect(feeds.slice(0, 2).map(([values]) => [...(values as Int32Array)])).toEqual([
    [0, 0, 0, 0],
    [9, 9, 9, 9],
  ]);
  const all = feeds.flatMap(([values]) => [...(values as Int32Array)]);
  expect([Math.min(...all), Math.max(...all)]).toEqual([0, 9]);
});

it('makes up the extremes first, and the same values on every machine', () => {
  const { feeds, real } = inputsByChance(graph, 5);
  expect(feeds.slice(0, 3).map(([values]) => [...(values as Int8Array)].slice(0, 2))).toEqual([
    [-128, -128],
    [127, 127],
    [-128, 127],
  ]);
  expect(feeds).toEqual(inputsByChance(graph, 5).feeds);
  expect(Number(real[0]![0]![0])).toBeCloseTo(-6.25, 5);
});
