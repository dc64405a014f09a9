// A port to a program of this machine, over its standard input and output.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Port, PortEvents } from '../port.js';

export interface ProcessPort extends Port {
  /** What it said on stderr: the words of a sanitizer. */
  errors(): string;
  /** Ends the program and starts it anew, as a board that is reset. */
  restart(): void;
}

export function processPort(program: string, parameters: readonly string[] = []): ProcessPort {
  let events: PortEvents | null = null;
  let errors = '';
  let child: ChildProcess | null = null;
  const start = (): void => {
    const started = spawn(program, parameters, { stdio: 'pipe' });
    child = started;
    started.stdout.on('data', (bytes: Buffer) => child === started && events?.data(bytes));
    started.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
    // Written to one that has just ended: lost, as on a line.
    started.stdin.on('error', () => undefined);
    started.on('exit', (code) => {
      if (child === started) events?.closed(`the program ended with ${code}`);
    });
  };
  const end = (): void => {
    const ended = child;
    child = null;
    ended?.kill('SIGKILL');
  };
  start();
  return {
    name: program,
    listen: (listener) => (events = listener),
    write: (bytes) => void child?.stdin!.write(bytes.slice()),
    waiting: () => child?.stdin!.writableLength ?? 0,
    close: () => {
      events = null;
      end();
    },
    errors: () => errors,
    restart: () => {
      end();
      start();
    },
  };
}
