// Runs the checks of all cases and asks for the int8 outputs of all of them at once.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, readmeChecks } from './checks/index.mjs';
import { runDeploy, runReading, runScript } from './deploy-runs.mjs';
import { runInt8 } from './int8-runs.mjs';

/** Names of all cases whose name has one of `only` in it, and a check or not: { name, check, rule, folder }. */
export function casesOf(shared, only = ['']) {
  const root = join(shared, 'cases');
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const missing = Object.keys(checks).filter((name) => !folders.includes(name));
  const all = [
    ...folders.map((name) => ({ name, check: checks[name], folder: join(root, name) })),
    ...missing.map((name) => ({ name, missing: true })),
    ...Object.entries(readmeChecks).map(([name, { check, rule }]) => ({ name, check, rule, folder: root })),
  ];
  return all.filter(({ name }) => only.some((text) => name.includes(text)));
}

/** `python`: the oracle's, or undefined. Gives a row { name, right, seen, missed, rule } for each case, in their order. */
export async function runCases(cases, { shared, python, told = () => undefined }) {
  const place = mkdtempSync(join(tmpdir(), 'wherry-cases-'));
  try {
    const begun = [];
    for (const [number, each] of cases.entries()) {
      told(each.name);
      begun.push(await begin(each, join(place, String(number)), shared));
    }
    told('run the written models');
    const jobs = begun.flatMap(({ jobs = [] }) => jobs);
    const answers = runInt8(jobs, python, place);
    let at = 0;
    return begun.map(({ name, rule, jobs = [], verdict }) => ({
      name,
      rule,
      ...guarded(() => verdict(answers.slice(at, (at += jobs.length)))),
    }));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function begin({ name, check, rule, folder, missing }, place, shared) {
  if (missing) return { name, rule: 'there is a check for it', verdict: () => wrong('the folder is missing') };
  const expected = rule === undefined ? readExpected(folder) : {};
  const row = { name, rule: rule ?? expected.rule };
  if (check === undefined) return { ...row, verdict: () => wrong('not checked: no check is written for this folder') };
  mkdirSync(place, { recursive: true });
  let runs = 0;
  const fresh = () => join(place, `out${runs++}`);
  const context = {
    folder,
    expected,
    shared,
    place: (file) => join(place, file),
    script: () => runScript(folder, fresh(), place),
    deploy: (args) => {
      const out = fresh();
      return runDeploy([...args, '--out', out], folder, out);
    },
    deployInto: (args, out) => runDeploy([...args, '--out', out], place, out),
    read: (args) => runReading(args, folder),
  };
  try {
    return { ...row, ...(await check(context)) };
  } catch (error) {
    return { ...row, verdict: () => wrong(firstLine(error)) };
  }
}

function readExpected(folder) {
  const path = join(folder, 'expected.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function guarded(verdict) {
  try {
    return verdict();
  } catch (error) {
    return wrong(firstLine(error));
  }
}

const wrong = (seen) => ({ right: false, seen, missed: [seen] });
/** A check that cannot be carried out is wrong, with what stood in its way. */
const firstLine = (error) => `the check stopped: ${`${error.message}`.split('\n')[0]}`;
