// Imports damaged .h5 and .keras files by the thousand: no crash, no hang, no untyped error.
//
//   node tools/fuzz/h5-fuzz.mjs [--count 20000] [--seed 1] [FILE ...]
//
// Without files it takes every .h5, .hdf5 and .keras of the shared models. Prints one line of figures; exits 1 on a finding.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { WherryError } from '@wherry/graph';
import { importModel, openHdf5 } from '@wherry/importers';
import { mutate, seeded, survey } from './h5-mutations.mjs';
import { repairChecksums, surveyMembers } from './keras-checksums.mjs';
import { runWatched, sharedModels } from './watched-worker.mjs';

/** The bar: 50 ms per MB, and what starting costs on a machine with other work. */
const MS_PER_MB = 50;
const MS_CONSTANT = 250;

/** Opens every object and reads every value, each object once. */
function walk(object, seen) {
  for (const attribute of object.attributes.values()) typed(() => attribute.read());
  if (object.kind === 'dataset') return typed(() => object.read());
  if (seen.size > 2000 || object.path.split('/').length > 20) return undefined;
  for (const name of object.names) {
    const child = typed(() => object.open(name));
    if (child === undefined || seen.has(child)) continue;
    seen.add(child);
    walk(child, seen);
  }
  return undefined;
}

/** Lets refusals pass; anything else is a finding. */
function typed(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof WherryError) return undefined;
    throw error;
  }
}

function timed(run) {
  const start = performance.now();
  const accepted = run();
  return { ms: performance.now() - start, accepted };
}

function once(bytes) {
  typed(() => walk(openHdf5(bytes).root, new Set()));
  return typed(() => importModel(bytes)) !== undefined;
}

function runCases({ files, count, seed, progress }) {
  const corpus = files.map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }));
  for (const file of corpus) Object.assign(file, { survey: survey(file.bytes), members: surveyMembers(file.bytes) });
  const figures = { count, accepted: 0, slowest: 0, slow: [], untyped: [], peakRss: 0 };
  for (let number = 0; number < count; number++) {
    Atomics.store(progress, 0, number);
    const random = seeded(seed * 1000003 + number);
    const file = random.pick(corpus);
    const bytes = mutate(file.bytes, file.survey, random);
    // The damage that a checksum tells is met often enough.
    if (random.below(8) > 0) repairChecksums(bytes, file.members);
    const limit = MS_CONSTANT + (MS_PER_MB * bytes.length) / 1e6;
    try {
      let result = timed(() => once(bytes));
      // The machine may have been busy: only what is slow twice is slow.
      if (result.ms > limit) result = timed(() => once(bytes));
      if (result.ms > limit) figures.slow.push({ number, path: file.path, ms: Math.round(result.ms) });
      figures.slowest = Math.max(figures.slowest, result.ms / (bytes.length / 1e6 + 1));
      if (result.accepted) figures.accepted++;
    } catch (error) {
      figures.untyped.push({ number, path: file.path, error: String(error?.stack ?? error) });
    }
    if (number % 100 === 0) figures.peakRss = Math.max(figures.peakRss, process.memoryUsage().rss);
  }
  Atomics.store(progress, 0, -1);
  return figures;
}

function main() {
  const { values, positionals } = parseArgs({
    options: { count: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const files = positionals.length > 0 ? positionals : sharedModels(/\.(h5|hdf5|keras)$/);
  const job = { files, count: Number(values.count), seed: Number(values.seed) };
  runWatched(new URL(import.meta.url), job, (figures, seconds) =>
    console.log(
      `${figures.count} mutated .h5 and .keras of ${files.length} files, seed ${job.seed}: ${figures.untyped.length} untyped errors, 0 hangs, ` +
        `${figures.slow.length} slow, ${figures.accepted} accepted, slowest ${figures.slowest.toFixed(0)} ms per (MB + 1), ` +
        `peak RSS ${(figures.peakRss / 1e6).toFixed(0)} MB, ${seconds.toFixed(0)} s`,
    ),
  );
}

if (isMainThread) main();
else parentPort.postMessage(runCases(workerData));
