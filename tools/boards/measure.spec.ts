// `deploy measure` on emulated boards, through the built command: every layer, and counts that are the same in every run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boards, missingTools } from '@wherry/emulated-boards';
import { readProfileFolder, type Measurement } from '@wherry/pipeline';
import { describeShared, sharedPath } from '../testing/src/index.js';

const command = join(import.meta.dirname, '../../apps/cli/bin/deploy.mjs');
const isRequired = process.env['WHERRY_REQUIRE_ALL'] === '1';

/** Profiles that an emulated board stands in for, where its tools are there. */
const { targets } = await readProfileFolder();
const standIns = [...targets.values()].flatMap(({ profile: { id, standIn } }) => {
  const board = boards.find((each) => each.id === standIn && each.agent?.counts === true);
  return board === undefined ? [] : [{ profile: id, board }];
});
const here = standIns.filter(({ board }) => isRequired || missingTools(board).length === 0);
for (const { profile, board } of standIns)
  if (!here.some((each) => each.profile === profile)) console.warn(`left out: ${profile} on ${board.name}`);

function measure(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'measure', ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describeShared('deploy measure', () => {
  it.each(here)(
    'ResNet-8 on the stand-in of $profile: every layer, and the same counts twice',
    ({ profile }) => {
      const out = mkdtempSync(join(tmpdir(), 'wherry-measure-'));
      try {
        const model = sharedPath('models', 'mlperf-tiny/ic01/pretrainedResnet_quant.tflite');
        const run = ['--emulate', '-p', profile, '-q', '--samples', '4'];
        const { status, stderr } = measure(model, ...run, '--out', join(out, 'measured'));
        expect([status, stderr]).toEqual([0, '']);
        const first = JSON.parse(readFileSync(join(out, 'measured/measurement.json'), 'utf8')) as Measurement;
        expect(first.parity).toMatchObject({ verdict: 'identical', inputs: 4, tensors: 16, differing: [] });
        expect(first.cost).toMatchObject({ unit: 'instructions', least: first.cost.most });
        const second = measure(model, ...run, '--json');
        expect(JSON.parse(second.stdout)).toEqual(first);
        console.info(`ResNet-8 for ${profile}: ${first.cost.inference} instructions`);
      } finally {
        rmSync(out, { recursive: true });
      }
    },
    600_000,
  );
});
