// Reads damaged .tflite files by the thousand: no crash, no hang, no untyped error.
//
//   node tools/fuzz/tflite-fuzz.mjs [--runs 100000] [--seed 1] [--keep DIR] [FILE ...]
//
// Without files it takes every .tflite of the shared models. What verifies must survive being written and read again.
// `--keep` writes the small damaged files that verify and have one subgraph, for tools/oracle/tflm_survives.py. Prints one line of figures; exits 1 on a finding.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { WherryError } from '@wherry/graph';
import { decode, encode, enums, verify } from '@wherry/tflite-writer';
import { changeValue, mutate, seeded, survey } from './tflite-mutations.mjs';
import { runWatched, sharedModels } from './watched-worker.mjs';

/** The bar is 50 ms per MB; the constant is what a small file may cost while the machine does other work. */
const MS_PER_MB = 50;
const MS_CONSTANT = 20;

const NAMES = Object.values(enums).flatMap(({ names }) => names);

function outcome(bytes) {
  const start = performance.now();
  let model;
  let code;
  try {
    model = verify(bytes);
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    code = error.definition.code;
  }
  const ms = performance.now() - start;
  if (model !== undefined) {
    const written = encode(model);
    if (!same(encode(decode(written)), written)) throw new Error('writing it again gives other bytes');
  }
  return { ms, code };
}

/** Half of the cases damage bytes; the others are sound files that say something wrong. */
function damaged(file, random) {
  if (random.below(2) === 0) return mutate(file.bytes, file.places, random);
  for (;;) {
    try {
      let model = file.model;
      for (let i = random.pick([1, 1, 2]); i > 0; i--) model = changeValue(model, random, NAMES);
      return encode(model);
    } catch (error) {
      // Most changes of numbers leave the range of their field; take another one.
      if (!(error instanceof WherryError)) throw error;
    }
  }
}

function same(a, b) {
  return Buffer.compare(a, b) === 0;
}

function runCases({ files, runs, seed, progress, keep }) {
  const corpus = files.map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }));
  for (const file of corpus) Object.assign(file, { places: survey(file.bytes), model: decode(file.bytes) });
  const figures = { runs, ok: 0, refused: {}, slow: [], untyped: [], slowest: 0, peakRss: 0 };
  for (let number = 0; number < runs; number++) {
    Atomics.store(progress, 0, number);
    const random = seeded(seed * 1000003 + number);
    const file = random.pick(corpus);
    const bytes = damaged(file, random);
    const limit = MS_CONSTANT + (MS_PER_MB * bytes.length) / 1e6;
    try {
      let result = outcome(bytes);
      // The machine may have been busy: only what is slow three times is slow.
      for (let again = 0; again < 2 && result.ms > limit; again++) result = outcome(bytes);
      if (result.ms > limit) figures.slow.push({ number, path: file.path, ms: Math.round(result.ms) });
      figures.slowest = Math.max(figures.slowest, result.ms);
      if (result.code === undefined) {
        figures.ok++;
        if (keep !== undefined && bytes.length < 100000 && decode(bytes).subgraphs.length === 1)
          writeFileSync(join(keep, `${number}.tflite`), bytes);
      }
      if (result.code !== undefined) figures.refused[result.code] = (figures.refused[result.code] ?? 0) + 1;
    } catch (error) {
      figures.untyped.push({ number, path: file.path, error: String(error?.stack ?? error) });
    }
    if (number % 100 === 0) figures.peakRss = Math.max(figures.peakRss, process.memoryUsage().rss);
  }
  Atomics.store(progress, 0, -1);
  return figures;
}

function report(figures, { files, seed }, seconds) {
  const refused = Object.entries(figures.refused).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = refused.reduce((sum, [, count]) => sum + count, 0);
  console.log(
    `${figures.runs} mutated .tflite of ${files.length} files, seed ${seed}: ${figures.untyped.length} crashes or untyped errors, ` +
      `0 hangs, ${figures.slow.length} slow, ${figures.ok} ok, ${total} refused (${refused.map(([code, count]) => `${code} ${count}`).join(', ')}), ` +
      `slowest ${figures.slowest.toFixed(0)} ms, peak RSS ${(figures.peakRss / 1e6).toFixed(0)} MB, ${seconds.toFixed(0)} s`,
  );
}

function main() {
  const { values, positionals } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      keep: { type: 'string' },
    },
    allowPositionals: true,
  });
  const files = positionals.length > 0 ? positionals : sharedModels(/\.tflite$/);
  const job = { files, runs: Number(values.runs), seed: Number(values.seed), keep: values.keep };
  runWatched(new URL(import.meta.url), job, (figures, seconds) => report(figures, job, seconds));
}

if (isMainThread) main();
else parentPort.postMessage(runCases(workerData));
