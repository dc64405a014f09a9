// `deploy measure` on emulated boards: every layer, counts that are the same in every run, and the same over a terminal.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from '@wherry/pipeline';
import { runDeploy, temporaryFolder } from '../../apps/cli/src/testing/built-command.js';
import { demoFiles } from '../../apps/cli/src/testing/demo-files.js';
import { describeShared, describeThere, sharedPath } from '../testing/src/index.js';
import {
  behindTerminal,
  command,
  describeEmulated,
  here,
  isRequired,
  measure,
  ofEachCore,
  run,
} from './measured-boards.js';

const resnet = 'mlperf-tiny/ic01/pretrainedResnet_quant.tflite';

describeEmulated('the demo model', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeAll(async () => {
    folder = temporaryFolder();
    const demo = await demoFiles();
    const quick = ['--method', 'min-max', '--no-bias-correction', '--samples', '20', '-q'];
    const words = ['-p', 'rp2040', demo.model, '-c', demo.calibration, ...quick, '-o', join(folder.path, 'demo')];
    expect((await runDeploy(words)).code).toBe(0);
  }, 240_000);
  afterAll(() => folder.remove());

  it.each(here)(
    'leaves in every layer what the reference does, with 100 inputs, for $profile',
    async ({ profile }) => {
      const words = ['--emulate', '-p', profile, '--json', '-q'];
      const { status, stdout, stderr } = await measure(join(folder.path, 'demo'), ...words);
      expect([status, stderr]).toEqual([0, '']);
      const { parity, cost, warnings } = JSON.parse(stdout) as Measurement;
      // The folder is for an interpreter.
      expect(warnings.map(({ code }) => code)).toEqual(['MEASURED_OTHER_RUNTIME']);
      expect(parity).toMatchObject({ verdict: 'identical', inputs: 100, differing: [] });
      expect(cost).toMatchObject({ unit: 'instructions', least: cost!.most });
      console.info(`the demo model for ${profile}: ${cost!.inference} instructions`);
    },
    600_000,
  );

  it.each(ofEachCore)(
    'is the same with plain kernels, for $profile',
    async ({ profile }) => {
      const words = ['--emulate', '-p', profile, '--kernels', 'both', '--samples', '5', '--json', '-q'];
      const { status, stdout, stderr } = await measure(join(folder.path, 'demo'), ...words);
      expect([status, stderr]).toEqual([0, '']);
      const { plain, cost, layers } = JSON.parse(stdout) as Measurement;
      expect(plain).toMatchObject({ verdict: 'identical', disagreeing: [] });
      // What there are kernels of a core for.
      expect(plain!.cost!.inference).toBeGreaterThan(cost!.inference);
      const sum = layers.reduce((total, { plainCost }) => total + plainCost!, 0);
      expect(sum).toBeCloseTo(plain!.cost!.inference, -3);
    },
    600_000,
  );
});

describeShared('deploy measure', () => {
  describeEmulated('on emulated boards', onBoards);
  const hasSocat = isRequired || spawnSync('socat', ['-V']).error === undefined;
  describeThere(
    'over a terminal',
    hasSocat && ofEachCore.length > 0,
    'socat or an emulated board is not there',
    overTerminal,
  );
});

function onBoards(): void {
  it.each(here.slice(0, 1))('says where no temporary folder can be made', async ({ profile }) => {
    const words = [command, 'measure', sharedPath('models', resnet), '--emulate', '-p', profile, '-q'];
    const running = run(process.execPath, words, { env: { ...process.env, TMPDIR: '/nowhere/at/all' } });
    await expect(running).rejects.toMatchObject({ code: 11, stderr: expect.stringMatching(/^BOARD_FOLDER/) as string });
  });

  it.each(ofEachCore)(
    'ResNet-8 on the stand-in of $profile: every layer, and the same counts twice',
    async ({ profile }) => {
      const inputs = 100;
      const out = mkdtempSync(join(tmpdir(), 'wherry-measure-'));
      try {
        const model = sharedPath('models', resnet);
        const settings = ['--emulate', '-p', profile, '-q', '--samples'];
        const { status, stderr } = await measure(model, ...settings, `${inputs}`, '--out', join(out, 'measured'));
        expect([status, stderr]).toEqual([0, '']);
        const first = JSON.parse(readFileSync(join(out, 'measured/measurement.json'), 'utf8')) as Measurement;
        expect(first.parity).toMatchObject({ verdict: 'identical', inputs, tensors: 16, differing: [] });
        expect(first.cost).toMatchObject({ unit: 'instructions', least: first.cost!.most });
        // The last of the inputs is what is counted.
        const second = await measure(model, ...settings, '1', '--json');
        const third = await measure(model, ...settings, '1', '--json');
        expect(JSON.parse(third.stdout)).toEqual(JSON.parse(second.stdout));
        console.info(`ResNet-8 for ${profile}: ${first.cost!.inference} instructions`);
      } finally {
        rmSync(out, { recursive: true });
      }
    },
    1_200_000,
  );
}

function overTerminal(): void {
  it.each(ofEachCore)(
    'ResNet-8 for $profile over a terminal, as over a port',
    async ({ profile, board }) => {
      const model = sharedPath('models', resnet);
      const terminal = await behindTerminal(board, profile, model);
      try {
        const words = ['--port', terminal.path, '-p', profile, '--samples', '3', '--json', '-q'];
        const { status, stdout, stderr } = await measure(model, ...words);
        expect([status, stderr]).toEqual([0, '']);
        const { parity, device, cost } = JSON.parse(stdout) as Measurement;
        expect(parity).toMatchObject({ verdict: 'identical', inputs: 3, tensors: 16 });
        expect(device.emulated).toBeNull();
        expect(cost).toMatchObject({ unit: 'instructions', least: cost!.most });
      } finally {
        terminal.end();
      }
    },
    600_000,
  );
}
