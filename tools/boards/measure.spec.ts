// `deploy measure` on emulated boards, through the built command: every layer, and counts that are the same in every run.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { agentCommand, boards, buildImage, missingTools, type Board } from '@wherry/emulated-boards';
import { readProfileFolder, type Measurement } from '@wherry/pipeline';
import { agentFirmware } from '../../packages/pipeline/src/measure/agent-firmware.js';
import { readMeasured } from '../../packages/pipeline/src/measure/measured-model.js';
import { describeShared, sharedPath } from '../testing/src/index.js';

const command = join(import.meta.dirname, '../../apps/cli/bin/deploy.mjs');
const run = promisify(execFile);
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

const resnet = 'mlperf-tiny/ic01/pretrainedResnet_quant.tflite';

async function measure(
  ...words: readonly string[]
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  const running = run(process.execPath, [command, 'measure', ...words]);
  const { stdout, stderr } = await running.catch((error: { stdout: string; stderr: string }) => error);
  return { status: running.child.exitCode ?? -1, stdout, stderr };
}

interface Terminal {
  readonly path: string;
  end(): void;
}

/** The firmware around a model on a board, behind a terminal of the kernel as a serial port is. */
async function behindTerminal(board: Board, profile: string, model: string): Promise<Terminal> {
  const measured = await readMeasured(model);
  const {
    expected: _,
    modelSource: __,
    callsMath: ___,
    ...program
  } = agentFirmware(measured, board, board.agent!.port, profile);
  const image = await buildImage(board, program);
  const folder = mkdtempSync(join(tmpdir(), 'wherry-tty-'));
  const path = join(folder, 'tty');
  const { program: emulator, parameters } = agentCommand(board, image.path);
  const words = [emulator, ...parameters].map((word) => word.replaceAll(/[,:!\\"']/g, '\\$&')).join(' ');
  const socat = spawn('socat', [`PTY,link=${path},raw,echo=0`, `EXEC:${words}`], { stdio: 'ignore' });
  const end = (): void => {
    socat.kill();
    image.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !existsSync(path); tries++) {
    if (tries > 200) {
      end();
      throw new Error('socat made no terminal');
    }
    await wait(50);
  }
  return { path, end };
}

describeShared('deploy measure', () => {
  it.each(here.slice(0, 1))('says where no temporary folder can be made', async ({ profile }) => {
    const words = [command, 'measure', sharedPath('models', resnet), '--emulate', '-p', profile, '-q'];
    const running = run(process.execPath, words, { env: { ...process.env, TMPDIR: '/nowhere/at/all' } });
    await expect(running).rejects.toMatchObject({ code: 11, stderr: expect.stringMatching(/^BOARD_FOLDER/) as string });
  });

  it.each(here)(
    'ResNet-8 on the stand-in of $profile: every layer, and the same counts twice',
    async ({ profile }) => {
      const out = mkdtempSync(join(tmpdir(), 'wherry-measure-'));
      try {
        const model = sharedPath('models', resnet);
        const settings = ['--emulate', '-p', profile, '-q', '--samples', '4'];
        const { status, stderr } = await measure(model, ...settings, '--out', join(out, 'measured'));
        expect([status, stderr]).toEqual([0, '']);
        const first = JSON.parse(readFileSync(join(out, 'measured/measurement.json'), 'utf8')) as Measurement;
        expect(first.parity).toMatchObject({ verdict: 'identical', inputs: 4, tensors: 16, differing: [] });
        expect(first.cost).toMatchObject({ unit: 'instructions', least: first.cost.most });
        const second = await measure(model, ...settings, '--json');
        expect(JSON.parse(second.stdout)).toEqual(first);
        console.info(`ResNet-8 for ${profile}: ${first.cost.inference} instructions`);
      } finally {
        rmSync(out, { recursive: true });
      }
    },
    600_000,
  );

  const hasSocat = isRequired || spawnSync('socat', ['-V']).status === 0;
  if (!hasSocat) console.warn('left out: deploy measure over a terminal: socat is not there');
  it.each(hasSocat ? here : [])(
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
        expect(cost).toMatchObject({ unit: 'instructions', least: cost.most });
      } finally {
        terminal.end();
      }
    },
    600_000,
  );
});
