// `npm test`: builds, lints, checks types, runs every test that this machine can, and says plainly what it left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countResults, plainLine } from './count-results.mjs';
import { leftOut } from './left-out.mjs';
import { nxCommand } from './nx-command.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const results = join(root, 'build', 'test-results');
const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
const requireAll = process.env.WHERRY_REQUIRE_ALL === '1';

/** Runs one step with its output on ours; returns whether it passed. */
function step(name, command, args) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  return status === 0;
}

/** Every package with a jest configuration, and the oracle suites where there is a Python to ask. */
function jestProjects() {
  const folders = ['packages', 'apps', 'tools'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .sort()
      .map((name) => join(parent, name)),
  );
  return ['device-profiles', ...folders]
    .filter((folder) => existsSync(join(root, folder, 'jest.config.mjs')))
    .filter((folder) => folder !== join('tools', 'oracle') || process.env.WHERRY_ORACLE_PYTHON !== undefined);
}

function runJest(folder) {
  const output = join(results, `${folder.replaceAll(/[\\/]/g, '-')}.json`);
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    '-c',
    join(folder, 'jest.config.mjs'),
    '--json',
    '--outputFile',
    output,
    '--passWithNoTests',
  ];
  return { passed: step(`tests of ${folder}`, process.execPath, args), output };
}

const missing = leftOut(root);
for (const { what, enable } of missing) console.log(`left out: ${what}\n  enable it: ${enable}`);
if (requireAll && missing.length > 0) {
  console.error('WHERRY_REQUIRE_ALL is set: nothing may be left out');
  process.exit(1);
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const nx = nxCommand(root);
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
  step('generated files are fresh', process.execPath, [join(root, 'tools', 'ci', 'check-generated.mjs')]),
];
const runs = jestProjects().map(runJest);
const fuzz = step('fuzz, the short run', process.execPath, [join(root, 'tools', 'fuzz', 'run.mjs'), '--short']);
const counts = countResults(
  runs.map(({ output }) => (existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : null)),
);
const steps = [...passed, fuzz];
for (const { what } of missing) console.log(`left out: ${what}`);
console.log(
  plainLine({
    ...counts,
    passed: counts.passed + steps.filter(Boolean).length,
    failed: counts.failed + steps.filter((ok) => !ok).length,
  }),
);
process.exitCode = steps.every(Boolean) && runs.every((run) => run.passed) ? 0 : 1;
