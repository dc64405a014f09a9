// Fails when `npm run generate` would change a file: what is derived is committed, and fresh.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nxCommand } from './nx-command.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const derived = [
  'apps/device-agent/src/protocol.h',
  'docs/operators.md',
  'docs/protocol.md',
  'docs/schema/hardware-map.schema.json',
  'device-profiles/schema/device-profile.schema.json',
  'device-profiles/schema/runtime-kernels.schema.json',
  'packages/agent-exporter/src/agent-sources.ts',
  'packages/agent-exporter/src/project-files.ts',
  'packages/c-compiler/src/kernel-sources.ts',
  'packages/emulated-boards/src/firmware-files.ts',
  'packages/engine-int8/src/kernels-binary.ts',
  'packages/pipeline/src/lab/tested-pair-schema.ts',
  'packages/quantizer/src/calibrate/vectors/kernels-binary.ts',
  'README.md',
  'device-profiles/README.md',
  'packages/calibration-data/README.md',
];

const fingerprints = () =>
  derived.map((path) =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex'),
  );

const before = fingerprints();
const { status } = spawnSync(
  process.execPath,
  [nxCommand(root), 'run-many', '-t', 'generate', '--outputStyle=static'],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } },
);
const stale = fingerprints().flatMap((fingerprint, position) =>
  fingerprint === before[position] ? [] : [derived[position]],
);
if (status !== 0) console.error('npm run generate failed');
for (const path of stale) console.error(`${path} was stale; it has been made anew: commit it`);
process.exitCode = status === 0 && stale.length === 0 ? 0 : 1;
if (process.exitCode === 0) console.log(`${derived.length} derived files are fresh`);
