// Prints everything outside of the workspace that a test's result depends on: Nx takes it into the key of cached tests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeEngineLoads } from './native-engine.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Names, sizes and times of all files under a folder as one digest; `missing` without it. */
export function fingerprint(folder) {
  if (!existsSync(folder)) return 'missing';
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const { size, mtimeMs, mode } = statSync(join(folder, name));
    hash.update(`${name} ${size} ${mtimeMs} ${mode}\n`);
  }
  return hash.digest('hex');
}

/** The distributions that a Python environment holds, by name and version. */
function packagesOf(python) {
  if (python === undefined || python === '') return 'none';
  const environment = join(dirname(python), '..');
  const library = join(environment, 'lib');
  if (!existsSync(library)) return 'unknown';
  const own = readdirSync(library)
    .filter((name) => name.startsWith('python'))
    .map((name) => join(library, name, 'site-packages'));
  // The older LiteRT stands beside the environment's own.
  const beside = readdirSync(environment).filter((name) => name.startsWith('litert-'));
  return [...own, ...beside.map((name) => join(environment, name))]
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => name.endsWith('.dist-info'))
    .sort()
    .join(' ');
}

const versionOf = (command, option) => {
  const { status, stdout } = spawnSync(command, [option], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : 'missing';
};

export function surroundings(environment = process.env) {
  return {
    node: `${process.version} ${process.platform} ${process.arch}`,
    shared: fingerprint(environment.WHERRY_SHARED || join(root, '..', 'shared')),
    oracle: packagesOf(environment.WHERRY_ORACLE_PYTHON),
    nativeEngine: nativeEngineLoads(root),
    gcc: versionOf('gcc', '--version'),
    'g++': versionOf('g++', '--version'),
    strace: versionOf('strace', '-V'),
    redis: versionOf('redis-server', '--version'),
    bash: versionOf('bash', '--version'),
    zsh: versionOf('zsh', '--version'),
    fish: versionOf('fish', '--version'),
    script: versionOf('script', '--version'),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(surroundings()));
