// `npm test`: builds, lints, checks types, runs every test that this machine can, and says plainly what it left out.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countResults, plainLine } from './count-results.mjs';
import { jestFolders } from './jest-folders.mjs';
import { leftOut } from './left-out.mjs';
import { nxCommand } from './nx-command.mjs';
import { resultFile, resultsFolder } from './result-file.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
/** About as long as each other, so side by side: Nx would come to them last, and one would run on beside an idle core. */
const longestTests = '@wherry/boards,@wherry/cli';
const requireAll = process.env.WHERRY_REQUIRE_ALL === '1';

/** Runs one step with its output on ours; returns whether it passed. */
function step(name, command, args) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  return status === 0;
}

function reportOf(folder) {
  const file = resultFile(root, folder);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  console.error(`the tests of ${folder} left no report: they died, or the folder is no Nx project with a test target`);
  return null;
}

const missing = leftOut(root);
for (const { what, enable } of missing) console.log(`left out: ${what}\n  enable it: ${enable}`);
if (requireAll && missing.length > 0) {
  console.error('WHERRY_REQUIRE_ALL is set: nothing may be left out');
  process.exit(1);
}

rmSync(resultsFolder(root), { recursive: true, force: true });
const nx = nxCommand(root);
const prettier = join(root, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
const passed = [
  step('build', process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']),
  step('bundle of the command', process.execPath, [join(root, 'apps', 'cli', 'write-bundle.mjs')]),
  step('lint', process.execPath, [nx, 'run-many', '-t', 'lint', 'lint-canary', '--outputStyle=static']),
  step('lint of the tools', process.execPath, [
    join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'),
    '--max-warnings',
    '0',
    'tools',
  ]),
  step('types', process.execPath, [nx, 'run-many', '-t', 'typecheck', '--outputStyle=static']),
  step('formatting', process.execPath, [prettier, '--check', '--log-level', 'warn', '.']),
  step('generated files are fresh', process.execPath, [join(root, 'tools', 'ci', 'check-generated.mjs')]),
];
// Two projects at once, each with one worker of jest: no suite asserts a time, and one after the other they take an hour.
const testing = (name, ...which) =>
  step(name, process.execPath, [nx, 'run-many', '-t', 'test', ...which, '--parallel=2', '--outputStyle=static']);
const tests = [
  testing(
    'tests that take longest; what has not changed since it passed comes from the cache of Nx',
    '-p',
    longestTests,
  ),
  testing('all other tests', '--exclude', longestTests),
].every(Boolean);
const fuzz = step('fuzz, the short run', process.execPath, [join(root, 'tools', 'fuzz', 'run.mjs'), '--short']);
const counts = countResults(jestFolders(root).map(reportOf));
const steps = [...passed, fuzz];
// Nx may fail where no report says so; the closing line must not hide it.
if (!tests && counts.failed === 0) counts.failed = 1;
for (const { what } of missing) console.log(`left out: ${what}`);
console.log(
  plainLine({
    ...counts,
    passed: counts.passed + steps.filter(Boolean).length,
    failed: counts.failed + steps.filter((ok) => !ok).length,
  }),
);
process.exitCode = steps.every(Boolean) && counts.failed === 0 ? 0 : 1;
