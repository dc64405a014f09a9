// `deploy test` by the built command, in a folder.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../apps/cli/bin/deploy.mjs', import.meta.url));

/** @param {readonly string[]} tiers @returns {{ result: object, status: number | null }} the document that it prints */
export function deployTest(folder, tiers, words = []) {
  const asked = ['test', '--json', '-q', ...tiers.flatMap((tier) => ['--tier', tier]), ...words];
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, ...asked], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 1 << 26,
  });
  if (!stdout.startsWith('{')) throw new Error(`deploy ${asked.join(' ')}\n${stdout}${stderr}`);
  return { result: JSON.parse(stdout), status };
}
