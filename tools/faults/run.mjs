// `npm run faults`: plants every grave fault that once was there, one after another, and asks whether a suite goes red.
//
//   npm run faults [-- --only TEXT]      faults whose name or file has TEXT in it
//
// Works in a copy of the tree, uncommitted changes included. First every suite must pass untouched, with at least one test;
// then, with its fault, one of its tests must run and fail. Exits 1 when a fault stays unnoticed or cannot be tried.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faults } from './faults.mjs';
import { occurrences, planted } from './plant.mjs';
import { projectOf, runSuites } from './run-suites.mjs';
import { scratchCopy } from './scratch-copy.mjs';
import { verdictOf, whyNotGreen } from './verdict.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const chosen = faults.filter(({ name, file }) => name.includes(options.only) || file.includes(options.only));
const interruption = new AbortController();
const began = performance.now();
const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`;

/** By suite: why it proves nothing even without a fault. */
async function faultsOfSuites(folder) {
  const suites = [...new Set(chosen.map(({ suite }) => suite))];
  const reasons = new Map();
  for (const project of new Set(suites.map(projectOf))) {
    const own = suites.filter((suite) => projectOf(suite) === project);
    const report = await runSuites(folder, own, interruption.signal);
    for (const suite of own) reasons.set(suite, whyNotGreen(report, join(folder, suite)));
  }
  return reasons;
}

async function tryFault(folder, fault) {
  const path = join(folder, fault.file);
  const source = readFileSync(path, 'utf8');
  const count = occurrences(source, fault);
  if (count !== 1) return { verdict: 'broken', by: `the text that it replaces is there ${count} times` };
  try {
    writeFileSync(path, planted(source, fault));
    const report = await runSuites(folder, [fault.suite], interruption.signal);
    return verdictOf(report, join(folder, fault.suite));
  } finally {
    writeFileSync(path, source);
  }
}

async function tryAll(folder) {
  const unfit = await faultsOfSuites(folder);
  let noticed = 0;
  for (const fault of chosen) {
    const unfitFor = unfit.get(fault.suite);
    const { verdict, by } =
      unfitFor === undefined
        ? await tryFault(folder, fault)
        : { verdict: 'broken', by: `untouched suite: ${unfitFor}` };
    // What was cut short says nothing.
    if (interruption.signal.aborted) return 130;
    if (verdict === 'red') noticed += 1;
    console.log(`${verdict.padEnd(6)} ${fault.name}\n         ${fault.suite}: ${by}`);
  }
  console.log(`${noticed} of ${chosen.length} planted faults are noticed, ${seconds()}`);
  return noticed === chosen.length && chosen.length > 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interruption.abort());
const { folder, remove } = scratchCopy(root);
try {
  process.exitCode = await tryAll(folder);
} finally {
  remove();
}
