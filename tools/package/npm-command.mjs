// How npm is started: Windows has a batch file for it, which Node starts through a shell only, that would part paths at spaces.
import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** Command and first arguments. npm names its own script to what it runs; else it lies beside Node. */
export function npmCommand(
  environment = process.env,
  { platform, execPath } = process,
  there = existsSync,
  { dirname, join } = path,
) {
  const script = environment.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(script)) return [execPath, script];
  if (platform !== 'win32') return ['npm'];
  const beside = join(dirname(execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (!there(beside)) throw new Error('npm is not beside Node: start this with `npm run package`');
  return [execPath, beside];
}
