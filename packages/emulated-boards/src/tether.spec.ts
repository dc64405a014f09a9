// An emulator does not outlive whoever started it, and its image does not either.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tethered, type EmulatorCommand } from './emulator-command.js';

/** Says its process, then hears nothing, as an emulator whose guest hangs. */
const emulator = 'console.log(String(process.pid)); setInterval(() => 0, 1000)';

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<boolean> {
  for (let times = 0; times < 100 && !holds(); times++) await new Promise((resolve) => setTimeout(resolve, 50));
  return holds();
}

/** Started by a program of its own; `stdin`: what that sends to it. */
async function started({ program, parameters }: EmulatorCommand) {
  const script = `
    const child = require('node:child_process').spawn(${JSON.stringify(program)}, ${JSON.stringify(parameters)}, { stdio: ['pipe', 'inherit', 'inherit'] });
    child.stdin.write(Buffer.alloc(1 << 20));
    process.stdin.on('end', () => (child.stdin.destroy(), setTimeout(() => process.exit(), 2000))).resume();`;
  const starter = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) =>
    starter.stdout.once('data', (said: Buffer) => resolve(Number(said))),
  );
  return { starter, pid };
}

it.each([
  ['killed', false],
  ['still there', true],
])('ends it where whoever started it is %s', async (_, keeps) => {
  const folder = mkdtempSync(join(tmpdir(), 'tether-'));
  const { starter, pid } = await started(tethered({ program: process.execPath, parameters: ['-e', emulator] }, folder));
  try {
    expect(isRunning(pid)).toBe(true);
    if (keeps) starter.stdin.end();
    else starter.kill('SIGKILL');
    expect(await until(() => !isRunning(pid))).toBe(true);
    if (!keeps) expect(await until(() => !existsSync(folder))).toBe(true);
    else {
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(existsSync(folder)).toBe(true);
    }
  } finally {
    starter.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
});

it.each([
  ['process.exit(3)', 3],
  ["process.kill(process.pid, 'SIGABRT'); setInterval(() => 0, 1000)", 134],
])('ends as it did: %s', async (script, status) => {
  const { program, parameters } = tethered({ program: process.execPath, parameters: ['-e', script] }, '/nowhere');
  const child = spawn(program, parameters, { stdio: ['pipe', 'ignore', 'ignore'] });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(status);
});
