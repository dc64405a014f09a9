// Runs spec files of one project in a copy of the tree and gives jest's own report.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A fault may make a loop endless. */
const longestMs = 180_000;

/** The project that a file belongs to: `packages/graph`. */
export const projectOf = (file) => file.split('/').slice(0, 2).join('/');

/**
 * @param suites spec files of one project, relative to `folder`
 * @param signal ends the run
 * @returns the report; undefined when jest left none
 */
export async function runSuites(folder, suites, signal) {
  const output = join(folder, 'jest-report.json');
  rmSync(output, { force: true });
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    '-c',
    join(projectOf(suites[0]), 'jest.config.mjs'),
  ];
  // The same on every machine: no folder beside the tree, no Python.
  const env = { ...process.env, WHERRY_SHARED: join(folder, 'not-there') };
  delete env.WHERRY_ORACLE_PYTHON;
  await new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [...args, '--json', '--outputFile', output, '--runInBand', '--runTestsByPath', ...suites],
      { cwd: folder, env, stdio: 'ignore', signal, timeout: longestMs, killSignal: 'SIGKILL' },
    );
    child.on('error', resolve);
    child.on('close', resolve);
  });
  return existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
}
