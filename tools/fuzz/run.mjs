// `npm run fuzz [-- --short]`: damages files of every kind that is read, and looks for crashes, hangs and untyped errors.
//
// The long run is the one that claims are made from; the short one keeps every test run honest.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const short = process.argv.includes('--short');
const shared = process.env.WHERRY_SHARED ?? join(root, '..', 'shared');
const hasShared = existsSync(shared);

/** HDF5 files that the repository carries itself stand in for the real models. */
const ownHdf5 = join(root, 'packages', 'importers', 'fixtures', 'hdf5');
const hdf5Files = hasShared
  ? []
  : readdirSync(ownHdf5)
      .filter((name) => name.endsWith('.h5'))
      .sort()
      .map((name) => join(ownHdf5, name));

const runs = [
  ...(hasShared ? [['tflite-fuzz.mjs', '--runs', short ? '3000' : '100000']] : []),
  ['h5-fuzz.mjs', '--count', short ? '500' : '20000', ...hdf5Files],
  ['data-fuzz.mjs', short ? '2000' : '40000', '1'],
];

if (!hasShared) console.log('left out: damaged .tflite files (../shared is not there)');
let failed = 0;
for (const [script, ...args] of runs) {
  console.log(`-- ${script} ${args.slice(0, 2).join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'tools', 'fuzz', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
