// Runs the built command as a user does, in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';

export const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));
export const deployCommand = join(repositoryRoot, 'apps', 'cli', 'bin', 'deploy.mjs');

// Each test starts processes, and a busy machine may take long for each.
jest.setTimeout(60_000);

if (!existsSync(join(repositoryRoot, 'apps', 'cli', 'bundle', 'deploy.mjs'))) {
  throw new Error('these tests run the built command: `npm run build` first, and after every change');
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** On top of the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Given the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Told what arrives on stderr, with the process. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
  /** Command and arguments that go in front, e.g. of a tracer. */
  readonly under?: readonly string[];
}

/** No run of these tests takes a tenth of it. */
const longestMilliseconds = 120_000;

export function runDeploy(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return runNode([deployCommand, ...args], options);
}

export function runNode(
  args: readonly string[],
  { cwd, env, onStart, onStderr, under = [] }: RunOptions = {},
): Promise<Finished> {
  const [program, ...rest] = [...under, process.execPath, ...args];
  // The options of the test runner's own process are not those of a user's.
  const environment = { ...process.env, NODE_OPTIONS: '', ...env };
  return new Promise((done, failed) => {
    const child = spawn(program!, rest, {
      cwd: cwd ?? repositoryRoot,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longestMilliseconds,
      killSignal: 'SIGKILL',
    });
    onStart?.(child);
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      err.push(chunk);
      onStderr?.(chunk.toString(), child);
    });
    child.on('error', failed);
    child.on('close', (code, signal) =>
      done({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** A fresh folder and what removes it. Its path is real: no symbolic link of the system's in it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'wherry-cli-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
