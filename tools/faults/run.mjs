// `npm run faults`: plants every grave fault that once was there, one after another, and asks whether a suite goes red.
//
//   npm run faults [-- --only TEXT]
//
// A fault is planted in the source itself and taken out again whatever happens; a file with uncommitted changes is not
// touched. Exits 1 when a fault passes its suite, or when it can no longer be planted.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faults } from './faults.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' } } });

/** `red`, `green`, or why it could not be tried. */
function verdictOf({ file, find, replace, project, suite }) {
  const path = join(root, file);
  const clean = spawnSync('git', ['diff', '--quiet', 'HEAD', '--', file], { cwd: root }).status === 0;
  if (!clean) return `${file} has uncommitted changes`;
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) return `the place to plant it is there ${source.split(find).length - 1} times`;
  try {
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
    return runSuite(project, suite) ? 'green' : 'red';
  } finally {
    writeFileSync(path, source);
  }
}

function runSuite(project, suite) {
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--experimental-vm-modules', '--no-warnings', jest, '-c', join(project, 'jest.config.mjs'), suite];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' }).status === 0;
}

let passed = true;
// What interrupts the suite ends it alone: the fault is taken out before we leave.
process.on('SIGINT', () => (passed = false));
for (const fault of faults.filter(({ name }) => name.includes(options.only))) {
  const verdict = verdictOf(fault);
  passed &&= verdict === 'red';
  console.log(`${(verdict === 'red' ? 'red' : verdict).padEnd(6)} ${fault.name}  (${fault.project}, ${fault.suite})`);
}
process.exitCode = passed ? 0 : 1;
