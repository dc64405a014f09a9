// Fuzzes every reader of calibration data: `node tools/fuzz/data-fuzz.mjs [CASES] [SEED]`, after `npm run build`.
// A case fails when it throws anything but a WherryError, gives NaN, takes over a second, or never comes back.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { openDataset, parseDataSource } from '../../packages/calibration-data/dist/index.js';
import {
  bmpBytes,
  cifarBytes,
  idxBytes,
  jpegBytes,
  npyBytes,
  pngBytes,
  wavBytes,
  zipBytes,
} from '../../packages/calibration-data/test/written-files.mjs';

const slowMilliseconds = 1000;
const hangMilliseconds = 20_000;
const samplesRead = 200;

const numbers = Float32Array.from({ length: 24 }, (_, i) => i / 3);
const npy = npyBytes('<f4', [4, 6], numbers);
const labels = npyBytes('<i8', [4], BigInt64Array.of(1n, 2n, 3n, 4n));
const rgb = Array.from({ length: 75 }, (_, i) => (i * 37) % 256);
const rows8 = Array.from({ length: 5 }, (_, y) => Array.from({ length: 5 }, (_, x) => 10 * y + x));
const idx = idxBytes(
  8,
  [3, 2, 3],
  Array.from({ length: 18 }, (_, i) => i),
);

/** Each: format, bytes of a valid file, shape of the model input, options. */
const seeds = [
  ['npy', npy, [6], ''],
  ['npy', npyBytes('>i2', [2, 3], Int16Array.of(1, 2, 3, 4, 5, 6), { major: 2 }), [3], ''],
  [
    'npz',
    zipBytes([
      { name: 'x.npy', bytes: npy },
      { name: 'y.npy', bytes: labels, stored: true },
    ]),
    [6],
    '',
  ],
  ['csv', Buffer.from('a,"b ""c""",label\r\n1,2.5,x\n-3e2,"4",y\n'), [2], ''],
  ['csv', Buffer.from('1;2;3\n4;5;6\n7;8;9\n'), [2], '?label=0'],
  ['idx', idx, [6], ''],
  ['idx', gzipSync(idx), [6], ''],
  ['cifar10', cifarBytes(2), [32, 32, 3], ''],
  ['raw', Buffer.from(numbers.buffer), [6], '?dtype=float32&shape=6'],
  ['image', pngBytes(5, 5, rgb), [5, 5, 3], ''],
  ['image', pngBytes(5, 5, rgb, 6), [5, 5, 4], ''],
  ['image', bmpBytes(rows8, 8), [5, 5, 1], ''],
  ['image', jpegBytes(16, 16), [16, 16, 3], ''],
  ['wav', wavBytes([1, -2, 3, -4, 5, -6]), [6], ''],
  ['wav', wavBytes([1, -2, 3, -4, 5, -6], { channels: 2, bits: 24 }), [2], '?channel=1&window=2'],
];

function mulberry32(seed) {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const numbersOfInterest = [0, 1, 2, 127, 128, 255, 256, 32767, 65535, 0x7fffffff, 0x80000000, 0xffffffff];
const texts = [
  'nan',
  'inf',
  '"',
  ',',
  '\r',
  "'shape': (",
  '9999999999',
  'True',
  "'descr': '|O'",
  'IDAT',
  'data',
  'PK\x03\x04',
  '\0',
  '-1',
];

/** One to six edits: bits, bytes, whole numbers in either order, cuts, copies, words that parsers react to. */
function mutate(original, random) {
  let bytes = Buffer.from(original);
  for (let edits = 1 + random(6); edits > 0 && bytes.length > 0; edits--) {
    const at = random(bytes.length);
    const kind = random(8);
    if (kind === 0) bytes[at] ^= 1 << random(8);
    else if (kind === 1) bytes[at] = random(256);
    else if (kind === 2 && at + 4 <= bytes.length) bytes.writeUInt32LE(numbersOfInterest[random(12)], at);
    else if (kind === 3 && at + 4 <= bytes.length) bytes.writeUInt32BE(numbersOfInterest[random(12)], at);
    else if (kind === 4 && at + 2 <= bytes.length) bytes.writeUInt16LE(numbersOfInterest[random(9)], at);
    else if (kind === 5) bytes = bytes.subarray(0, at);
    else if (kind === 6) {
      const end = at + random(Math.min(64, bytes.length - at) + 1);
      bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end)]);
    } else
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(texts[random(texts.length)], 'latin1'),
        bytes.subarray(at),
      ]);
  }
  return bytes;
}

async function readCase(source, shape) {
  const expectations = [{ name: 'input', shape: [1, ...shape], dtype: 'float32' }];
  const dataset = await openDataset(parseDataSource(source), expectations);
  let count = 0;
  for await (const { inputs } of dataset.samples()) {
    if (inputs.some((data) => data.some((value) => !Number.isFinite(value))))
      throw new Error('a value that is not finite');
    if (++count >= samplesRead) break;
  }
}

async function runWorker({ cases, seed }) {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-data-fuzz-'));
  const tally = { read: 0, refused: 0, failures: [] };
  try {
    for (const [, [format, bytes, shape, options]] of seeds.entries()) {
      const path = join(folder, `valid.${format}`);
      writeFileSync(path, bytes);
      await readCase(`${format}:${path}${options}`, shape);
    }
    for (let i = 0; i < cases; i++) {
      parentPort.postMessage({ started: i });
      const random = mulberry32(seed * 1_000_003 + i);
      const [format, original, shape, options] = seeds[random(seeds.length)];
      const path = join(folder, `case.${format}`);
      writeFileSync(path, mutate(original, random));
      const start = performance.now();
      try {
        await readCase(`${random(4) === 0 ? '' : `${format}:`}${path}${options}`, shape);
        tally.read++;
      } catch (error) {
        if (error.name === 'WherryError' && /^DATA_/.test(error.definition.code)) tally.refused++;
        else tally.failures.push(`case ${i} (${format}): ${error.stack}`);
      }
      const took = performance.now() - start;
      if (took > slowMilliseconds) tally.failures.push(`case ${i} (${format}): ${Math.round(took)} ms`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  parentPort.postMessage({ tally });
}

function runMain(cases, seed) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { cases, seed } });
  let current = -1;
  let timer;
  const guard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      console.error(`case ${current} of seed ${seed} does not come back`);
      process.exit(1);
    }, hangMilliseconds);
  };
  guard();
  worker.on('error', (error) => {
    console.error(`after case ${current} of seed ${seed}: ${error.stack}`);
    process.exit(1);
  });
  worker.on('message', ({ started, tally }) => {
    guard();
    if (started !== undefined) current = started;
    if (tally === undefined) return;
    clearTimeout(timer);
    const rss = Math.round(process.memoryUsage.rss() / 1e6);
    console.log(
      `data-fuzz: ${cases} cases, seed ${seed}: ${tally.read} read, ${tally.refused} refused, ${tally.failures.length} failures, ${rss} MB`,
    );
    for (const failure of tally.failures.slice(0, 20)) console.error(failure);
    process.exitCode = tally.failures.length > 0 ? 1 : 0;
  });
}

if (isMainThread) runMain(Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 1));
else await runWorker(workerData);
