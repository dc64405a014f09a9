// What the fuzzers of model files share: their corpus, and a worker that is watched for hangs and crashes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const hangMilliseconds = 20000;

/** Paths of the shared models whose names match, in order. */
export function sharedModels(pattern) {
  const folder = process.env.WHERRY_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
  return readdirSync(join(folder, 'models'), { recursive: true })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, 'models', name));
}

/**
 * Runs `script` as a worker on `job`, to which it adds `progress`: the worker stores the number of its case there, and -1 at
 * the end. `report(figures, seconds)` is given what the worker posts; findings are its `untyped` and `slow`.
 */
export function runWatched(script, job, report) {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const start = performance.now();
  const worker = new Worker(script, { workerData: { ...job, progress } });
  let last = { number: -2, at: start };
  const watch = setInterval(() => {
    const number = Atomics.load(progress, 0);
    if (number !== last.number) last = { number, at: performance.now() };
    if (number < 0 || performance.now() - last.at < hangMilliseconds) return;
    console.log(`HANG: seed ${job.seed}, case ${number}`);
    process.exit(1);
  }, 1000);
  worker.on('message', (figures) => {
    clearInterval(watch);
    const findings = [...figures.untyped, ...figures.slow];
    for (const finding of findings.slice(0, 20)) console.log(JSON.stringify(finding));
    report(figures, (performance.now() - start) / 1000);
    process.exitCode = findings.length > 0 ? 1 : 0;
  });
  worker.on('error', (error) => {
    clearInterval(watch);
    console.log(`CRASH: seed ${job.seed}, case ${Atomics.load(progress, 0)}: ${error?.stack ?? error}`);
    process.exitCode = 1;
  });
}
