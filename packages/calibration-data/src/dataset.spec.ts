// What holds for every format: selection, shape checks, hashes, lint, refusals of paths, and bounded memory.
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { npyBytes, pngBytes } from '../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../test/workspace.js';
import { readChunks } from './bytes/file-access.js';
import { inflate } from './bytes/inflate.js';
import { formatNames, parseDataSource } from './data-source.js';
import { openDataset } from './dataset.js';
import { lintSamples } from './lint-samples.js';
import type { MemorySamples } from './memory-samples.js';
import { noDataGiven } from './no-data-given.js';

const files = createTestFolder();
afterAll(() => files.remove());
const numbers = (count: number) =>
  npyBytes(
    '<f4',
    [count, 2],
    Float32Array.from({ length: 2 * count }, (_, i) => i),
  );

describe('openDataset', () => {
  it('takes a range', async () => {
    const { values, dataset } = await readAll(files.write('n.npy', numbers(10)), inputOf(2), { offset: 3, limit: 2 });
    expect(values).toEqual([
      [6, 7],
      [8, 9],
    ]);
    expect(dataset.count).toBe(2);
  });

  it('takes an even, repeatable choice with a seed', async () => {
    const path = files.write('n.npy', numbers(1000));
    const chosen = async (seed: number) =>
      (await readAll(path, inputOf(2), { limit: 100, seed })).samples.map(({ id }) => Number(id));
    const first = await chosen(1);
    expect(first).toHaveLength(100);
    expect(first).toEqual([...first].sort((a, b) => a - b));
    expect(first.filter((id) => id >= 500).length).toBeGreaterThan(30);
    expect(await chosen(1)).toEqual(first);
    expect(await chosen(2)).not.toEqual(first);
    const csv = files.write('n.csv', '1,2\n3,4\n5,6\n');
    expect((await readAll(csv, inputOf(2), { limit: 2, seed: 3 })).values).toHaveLength(2);
  });

  it('takes samples in memory by the same rules', async () => {
    const samples = [1, 2, 3].map((first) => ({ inputs: [Float32Array.of(first, 10 * first)], label: first % 2 }));
    const open = (own: MemorySamples['samples'], options = {}) =>
      openDataset({ name: 'mine', samples: own, classes: ['even', 'odd'] }, inputOf(2), options);
    const dataset = await open(samples, { offset: 1, preprocessing: { divideBy: 2 } });
    const seen = [];
    for await (const sample of dataset.samples()) seen.push(sample);
    expect(seen).toEqual([
      { inputs: [Float32Array.of(1, 10)], label: 0, id: '1' },
      { inputs: [Float32Array.of(1.5, 15)], label: 1, id: '2' },
    ]);
    expect(samples[1]!.inputs[0]).toEqual(Float32Array.of(2, 20));
    expect(dataset).toMatchObject({ format: 'memory', count: 2, labels: ['even', 'odd'] });
    const digest = await dataset.sha256();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await (await open(samples.slice(1))).sha256()).toBe(digest);
    const relabelled = samples.map((sample) => ({ ...sample, label: 1 }));
    expect(await (await open(relabelled, { offset: 1 })).sha256()).not.toBe(digest);
    await expect(open([])).rejects.toThrow(/DATA_EMPTY.*mine/s);
    await expect(open([{ inputs: [Float32Array.of(1)] }])).rejects.toThrow(/DATA_SHAPE.*mine, sample 0/s);
    await expect(open([{ inputs: [Float32Array.of(1, NaN)] }])).rejects.toThrow(/DATA_NOT_FINITE.*mine, sample 0/s);
    await expect(open([{ inputs: [] }])).rejects.toThrow(/DATA_SHAPE/);
  });

  it.each([[{ limit: 0 }], [{ offset: -1 }], [{ seed: 0.5 }]])('refuses %j', async (options) => {
    await expect(readAll(files.write('n.npy', numbers(3)), inputOf(2), options)).rejects.toThrow(/DATA_OPTION/);
  });

  it('refuses an offset behind the end, missing paths, folders as files and the reverse', async () => {
    const path = files.write('n.npy', numbers(3));
    await expect(readAll(path, inputOf(2), { offset: 3 })).rejects.toThrow(/DATA_EMPTY.*first 3/s);
    await expect(readAll(`${path}x`, inputOf(2))).rejects.toThrow(/DATA_NOT_FOUND/);
    await expect(readAll('cifar:x', inputOf(2))).rejects.toThrow(/formats are.*cifar10/);
    await expect(readAll('a\0b', inputOf(2))).rejects.toThrow(/NUL/);
    await expect(readAll(`npy:${files.path}`, inputOf(2))).rejects.toThrow(/DATA_UNREADABLE/);
    await expect(readAll(`folder:${path}`, inputOf(2))).rejects.toThrow(/DATA_UNREADABLE/);
    await expect(readAll('raw:/dev/null?dtype=int8&shape=1', inputOf(1))).rejects.toThrow(
      /DATA_UNREADABLE.*regular file/s,
    );
  });

  it('names both shapes and the fix, and never transposes silently', async () => {
    const planes = files.write('p.npy', npyBytes('|u1', [2, 3, 4, 4], new Uint8Array(96)));
    await expect(readAll(planes, inputOf(4, 4, 3))).rejects.toThrow(/DATA_LAYOUT.*3x4x4.*4x4x3.*layout=chw/s);
    expect((await readAll(planes, inputOf(4, 4, 3), { preprocessing: { layout: 'chw' } })).values).toHaveLength(2);
    const picture = files.write('p.png', pngBytes(2, 2, new Array<number>(12).fill(1)));
    await expect(readAll(picture, inputOf(3, 4, 3))).rejects.toThrow(/2x2x1|2x2x3.*resize=4x3/s);
    await expect(readAll(files.write('n.npy', numbers(3)), inputOf(5))).rejects.toThrow(
      /DATA_SHAPE.*5 values; these have 2/s,
    );
    const grid = files.write('g.npy', npyBytes('<f4', [2, 2, 3], new Float32Array(12)));
    await expect(readAll(grid, inputOf(3, 2))).rejects.toThrow(/DATA_SHAPE/);
  });

  it('hashes content, not paths', async () => {
    const bytes = numbers(3);
    const one = await openDataset(parseDataSource(files.write('h/a.npy', bytes)), inputOf(2));
    expect(await one.sha256()).toBe(createHash('sha256').update(bytes).digest('hex'));
    const dots = [1, 2].map((value) => pngBytes(1, 1, [value, value, value]));
    const folderHash = async (name: string, limit?: number) => {
      dots.forEach((dot, i) => files.write(`${name}/${i}.png`, dot));
      const options = limit === undefined ? {} : { limit };
      return (await openDataset(parseDataSource(`${files.path}/${name}`), inputOf(1), options)).sha256();
    };
    const both = createHash('sha256');
    for (const dot of dots) both.update(createHash('sha256').update(dot).digest());
    expect(await folderHash('f1')).toBe(both.digest('hex'));
    expect(await folderHash('f2')).toBe(await folderHash('f1'));
    expect(await folderHash('f1', 1)).toBe(createHash('sha256').update(dots[0]!).digest('hex'));
  });

  it('streams 200 MB without holding them', async () => {
    mkdirSync(`${files.path}/big`);
    const path = `${files.path}/big/zeros.npy`;
    const head = npyBytes('|u1', [200_000, 1000], new Uint8Array(0));
    const descriptor = openSync(path, 'w');
    writeSync(descriptor, head);
    ftruncateSync(descriptor, head.length + 200_000_000);
    closeSync(descriptor);
    const dataset = await openDataset(parseDataSource(path), inputOf(1000));
    const before = process.memoryUsage.rss();
    let peak = 0;
    let count = 0;
    for await (const sample of dataset.samples()) {
      if (count++ % 1000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
      if (sample.inputs[0]!.length !== 1000) throw new Error('a sample of another length');
    }
    expect(count).toBe(200_000);
    // Held as float32 the file would take 800 MB.
    expect((peak - before) / 1e6).toBeLessThan(150);
  }, 120_000);
});

it('stops a gzip bomb, which declares nothing', async () => {
  const path = files.write('bomb.gz', gzipSync(Buffer.alloc(80_000_000)));
  const drain = async () => {
    let total = 0;
    for await (const chunk of inflate(readChunks(path), { kind: 'gzip', name: 'bomb', compressedBytes: 77_000 }))
      total += chunk.length;
    return total;
  };
  await expect(drain()).rejects.toThrow(/DATA_EXPANDS_TOO_MUCH/);
});

describe('lintSamples', () => {
  it('says what looks wrong, and reports what was seen', async () => {
    const path = files.write('l.csv', 'a,b,label\n1,2,3\n1,2,3\n5,5,3\n0.5,-4,3\n');
    const dataset = await openDataset(parseDataSource(path), inputOf(2));
    const summary = await lintSamples(dataset.samples(), [{ name: 'input', shape: [1, 2], dtype: 'int32' }]);
    expect(summary.warnings.map(({ code }) => code)).toEqual([
      'DATA_FEW_SAMPLES',
      'DATA_CONSTANT_SAMPLES',
      'DATA_DUPLICATE_SAMPLES',
      'DATA_ONE_LABEL',
      'DATA_FRACTIONAL',
    ]);
    expect(summary).toMatchObject({ samples: 4, constantSamples: 1, duplicateSamples: 1, labels: { 3: 4 } });
    expect(summary.inputs).toEqual([{ name: 'input', min: -4, max: 5, mean: 12.5 / 8 }]);
  });

  it('says nothing about a good set, and keeps channels apart', async () => {
    const data = Float32Array.from({ length: 40 * 4 }, (_, i) => (i % 2 === 0 ? i : -1));
    const dataset = await openDataset(
      parseDataSource(files.write('good.npy', npyBytes('<f4', [40, 2, 1, 2], data))),
      inputOf(2, 1, 2),
    );
    const summary = await lintSamples(dataset.samples(), inputOf(2, 1, 2));
    expect(summary.warnings).toEqual([]);
    expect(summary.inputs[0]!.channels).toEqual([
      { min: 0, max: 158, mean: 79 },
      { min: -1, max: -1, mean: -1 },
    ]);
  });
});

it('no data: says what to give, for every format', () => {
  expect(noDataGiven().message).toMatch(/DATA_NONE_GIVEN.*--calibration.*cifar10:.*folder:/s);
  // Lines break at semicolons: one line per format.
  expect(noDataGiven().details.next.split('; ')).toHaveLength(1 + formatNames.length);
});
