// Runs the tests of one project and leaves what jest counted in build/test-results: the `test` target of every project.
//
//   node tools/ci/run-jest.mjs FOLDER [JEST OPTIONS]
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resultFile } from './result-file.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [folder, ...more] = process.argv.slice(2);
const output = resultFile(root, folder);

mkdirSync(dirname(output), { recursive: true });
// A run that dies must not leave what an earlier one counted.
rmSync(output, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '-c',
    join(folder, 'jest.config.mjs'),
    '--json',
    '--outputFile',
    output,
    '--passWithNoTests',
    ...more,
  ],
  // The report itself is in the file; on stdout it would only hide what a person reads.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
process.exitCode = status ?? 1;
