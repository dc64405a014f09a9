// What other converters make of a model and calibration samples, kept under .cache/ by the content of everything that goes in.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feedBytes } from './runtimes.mjs';

const script = fileURLToPath(new URL('./peers.py', import.meta.url));
const requirements = ['./requirements.txt', './requirements-peers.txt'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
const cache = fileURLToPath(new URL('../../.cache/peers', import.meta.url));

/**
 * `tool`: 'tensorflow' or 'litert'; `calibrations`: lists of samples { inputs }. Gives { bytes } or { error } for each, in
 * one Python process for those that are not known yet.
 */
export async function convertWith({ tool, python, model, shape, calibrations }, folder) {
  mkdirSync(cache, { recursive: true });
  const before = digest([
    tool,
    readFileSync(script),
    ...requirements.map((path) => readFileSync(path)),
    ...contents(model),
  ]);
  const runs = calibrations.map((samples, i) => {
    const feeds = feedBytes(samples.map(({ inputs }) => inputs));
    const key = digest([before, JSON.stringify(shape), feeds]);
    const path = join(folder, `${tool}${i}.feeds`);
    return { samples: path, feeds, count: samples.length, out: join(cache, `${key}.tflite`) };
  });
  const wanted = runs.filter(({ out }) => !existsSync(out));
  for (const { samples, feeds } of wanted) writeFileSync(samples, feeds);
  const answers = wanted.length === 0 ? [] : await ask(python, { tool, model, shape, runs: wanted.map(jobOf) }, folder);
  return runs.map((run) => {
    const error = answers[wanted.indexOf(run)]?.error;
    return error === undefined ? { bytes: readFileSync(run.out) } : { error };
  });
}

const jobOf = ({ samples, count, out }) => ({ samples, count, out });

const digest = (parts) =>
  parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex');

/** The bytes of a file, or of all files of a SavedModel. */
function contents(model) {
  if (!statSync(model).isDirectory()) return [readFileSync(model)];
  return readdirSync(model, { recursive: true })
    .sort()
    .map((name) => join(model, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path));
}

function ask(python, job, folder) {
  const list = join(folder, `${job.tool}.json`);
  writeFileSync(list, JSON.stringify(job));
  return new Promise((done, failed) => {
    const child = spawn(python, ['-B', script, list], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = [[], []];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', failed);
    child.on('close', (code) => {
      const answers = Buffer.concat(out)
        .toString()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      if (answers.length === job.runs.length) done(answers);
      else
        failed(new Error(`${job.tool} ended with ${code}: ${Buffer.concat(err).toString().trim().split('\n').at(-1)}`));
    });
  });
}
