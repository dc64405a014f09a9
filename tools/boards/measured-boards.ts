// `deploy measure` through the built command, on the boards that stand in for a profile; and such a board behind a terminal.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { agentCommand, boards, buildImage, missingTools, type Board } from '@wherry/emulated-boards';
import { readProfileFolder } from '@wherry/pipeline';
import { describeThere } from '../testing/src/index.js';
import { agentFirmware } from '../../packages/pipeline/src/measure/agent-firmware.js';
import { readMeasured } from '../../packages/pipeline/src/measure/measured-model.js';

export const command = join(import.meta.dirname, '../../apps/cli/bin/deploy.mjs');
export const run = promisify(execFile);
export const isRequired = process.env['WHERRY_REQUIRE_ALL'] === '1';

/** Profiles that an emulated board stands in for, one for each board whose tools are there. */
const { targets } = await readProfileFolder();
const standIns = boards.flatMap((board) => {
  const target = [...targets.values()].find(({ profile }) => profile.standIn === board.id);
  return target === undefined || board.agent?.counts !== true ? [] : [{ profile: target.profile.id, board }];
});
export const here = standIns.filter(({ board }) => isRequired || missingTools(board).length === 0);
for (const { profile, board } of standIns)
  if (!here.some((each) => each.profile === profile)) console.warn(`left out: ${profile} on ${board.name}`);

/** One of each core that has kernels of its own. */
export const ofEachCore = here.filter(({ board }) => board.counts);

/** Nothing runs on a machine that emulates none. */
export function describeEmulated(name: string, suite: () => void): void {
  describeThere(name, here.length > 0, 'no emulated board is there', suite);
}

export async function measure(
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
export async function behindTerminal(board: Board, profile: string, model: string): Promise<Terminal> {
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
