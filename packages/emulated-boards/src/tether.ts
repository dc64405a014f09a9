// `tether FOLDER PROGRAM PARAMETERS...`: runs a program that ends where its standard input does, which is where whoever started it is
// gone, however that came. An emulator would stay for ever, and its image with it.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';

const [folder, program, ...parameters] = process.argv.slice(2) as [string, string, ...string[]];
const child = spawn(program, parameters, { stdio: ['pipe', 'inherit', 'inherit'] });

/** Whoever is there still needs the folder, or removes it. */
const startedBy = process.ppid;
const orphanedAfterMs = 200;

// Not as far as the program takes it: the end of what one that hangs does not read would never come.
process.stdin.on('data', (bytes: Buffer) => child.stdin.write(bytes));
// Written to one that has just ended: lost, as on a line.
child.stdin.on('error', () => undefined);
process.stdin.on('end', () => child.kill('SIGKILL'));
// The terminal sends them to all that it runs: who started this decides.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

child.on('error', ({ message }) => {
  process.stderr.write(`fatal: ${message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  // As shells tell it.
  const status = signal === null ? code! : 128 + constants.signals[signal];
  if (!process.stdin.readableEnded) process.exit(status);
  setTimeout(() => {
    if (process.ppid !== startedBy) rmSync(folder, { recursive: true, force: true });
    process.exit(status);
  }, orphanedAfterMs);
});
