// Every shared float model on every device profile: an output that the profile's runtime runs, or a refusal with a way on.
//
//   WHERRY_ORACLE_PYTHON=.../python node tools/oracle/targets.mjs [--only TEXT] [--profile ID] [--auto] [--json]
//
// Needs `npm run build` and ../shared. No scheme is named: the profile chooses. Ranges are min-max; with --auto they are
// chosen as `deploy` does by default, which takes longer. Exits 1 when a runtime rejects an output, or a run ends in
// anything but an output, exit 4 or 5, or exit 6 for accuracy, each with a next act.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WherryError } from '@wherry/graph';
import { deployHost, readProfileFolder } from '@wherry/pipeline';
import { runInRuntimes } from './runtimes.mjs';
import { cellOf, floatSources, openSource } from './targets-cells.mjs';
import { faultsOf, letterOf, report } from './targets-report.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    profile: { type: 'string', multiple: true },
    auto: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const python = process.env.WHERRY_ORACLE_PYTHON ?? '';
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const tell = (text) => process.stderr.write(`${text}\n`);

/** Everything but what the runtimes say: { rows, unread, quantized }. */
async function deployAll(profiles, folder, context) {
  const [rows, unread] = [[], []];
  let quantized = 0;
  for (const [number, each] of floatSources(shared, options.only).entries()) {
    const [place, start] = [join(folder, String(number)), Date.now()];
    mkdirSync(place);
    let opened;
    try {
      opened = await openSource(each, shared, place);
    } catch (error) {
      if (!(error instanceof WherryError)) throw error;
      unread.push({ source: each.source, code: error.definition.code, what: error.details.what });
      continue;
    }
    if (opened.quantized) {
      quantized++;
      continue;
    }
    const cells = [];
    for (const profile of profiles)
      cells.push(await cellOf({ ...opened, auto: options.auto }, profile, place, context));
    rows.push({ source: each.source, cells });
    const seen = cells.map((cell) => letterOf({ ...cell, answer: { outputs: [] } })).join('');
    tell(`${seen}  ${each.source}  ${((Date.now() - start) / 1000).toFixed(0)} s`);
  }
  return { rows, unread, quantized };
}

/** The same bytes in the same runtime are run once; each cell with an output gets the `answer`. */
function answered(rows, folder) {
  const keyOf = ({ model, runtime }) => `${runtime} ${model}`;
  const jobs = new Map(
    rows.flatMap(({ cells }) => cells.flatMap(({ job }) => (job === undefined ? [] : [[keyOf(job), job]]))),
  );
  tell(`run ${jobs.size} files in their runtimes`);
  const answers = new Map(runInRuntimes(python, [...jobs.values()], folder).map((done) => [keyOf(done), done]));
  return rows.map(({ source, cells }) => ({
    source,
    cells: cells.map(({ job, ...cell }) => {
      if (job === undefined) return cell;
      const { error, outputs } = answers.get(keyOf(job));
      return { ...cell, answer: error === undefined ? { outputs } : { error } };
    }),
  }));
}

async function main() {
  if (python === '' || !existsSync(shared)) {
    tell('set WHERRY_ORACLE_PYTHON to a Python with tflite-micro and tensorflow, and have ../shared');
    process.exit(2);
  }
  const folder = mkdtempSync(join(tmpdir(), 'wherry-targets-'));
  try {
    const context = { library: await readProfileFolder(), host: deployHost() };
    const profiles = options.profile ?? [...context.library.targets.keys()].sort();
    const deployed = await deployAll(profiles, folder, context);
    const all = { ...deployed, rows: answered(deployed.rows, folder), profiles };
    process.stdout.write(options.json ? `${JSON.stringify(all)}\n` : `${report(all)}\n`);
    process.exitCode = all.rows.length === 0 || faultsOf(all.rows).length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
