// The program of a board that puts the model onto it: `pre_script` of the hardware map, as the lab's own people wrote it there.
import { spawn, type ChildProcess } from 'node:child_process';
import { printable, WherryError } from '@wherry/graph';
import { labDiagnostics } from '@wherry/lab/diagnostics';
import type { BoardTarget } from './board-targets.js';

/** Builds and flashes take minutes, and no more. */
const usualLimitMs = 15 * 60_000;
/** Within it the system has taken away what was killed. */
const graceMs = 5000;
/** Within it what was written last has come. */
const lastWordsMs = 300;

export interface ScriptModel {
  readonly name: string;
  /** Whether the project has `models`: else `deploy` takes the one that it has without a name. */
  readonly isNamed: boolean;
}

/**
 * Of the job it is told names only, none of which a shell reads. What it has started goes with it where it is stopped: two that
 * flash one board spoil it. Throws LAB_SCRIPT_FAILED, and the reason of the signal.
 */
export async function runBoardScript(
  program: string,
  { board, profile }: BoardTarget,
  { name, isNamed }: ScriptModel,
  signal: AbortSignal,
  limitMs = usualLimitMs,
): Promise<void> {
  const told = {
    WHERRY_BOARD: board.id,
    WHERRY_SERIAL: board.serial ?? '',
    WHERRY_RUNNER: board.runner ?? '',
    // As twister has it: the id of a board is the serial number of its probe where no other is given.
    WHERRY_PROBE: board.probeId ?? board.id,
    WHERRY_MODEL: isNamed ? name : '',
    WHERRY_PROFILE: profile,
  };
  signal.throwIfAborted();
  const { outcome, words } = await outcomeOf(program, { ...process.env, ...told }, signal, limitMs);
  signal.throwIfAborted();
  if (outcome === undefined) return;
  const last = words.trimEnd().split('\n').at(-1)!;
  throw new WherryError(labDiagnostics.LAB_SCRIPT_FAILED, {
    what: `${program} did not put ${name} onto the board ${board.id}: ${outcome}${last === '' ? '' : `; its last words: ${printable(last)}`}`,
    next: `run it by hand, with ${Object.entries(told)
      .map(([variable, value]) => `${variable}=${value}`)
      .join(' ')}`,
  });
}

/** `outcome`: undefined where it ended well. */
async function outcomeOf(
  program: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  limitMs: number,
): Promise<{ readonly outcome: string | undefined; readonly words: string }> {
  let words = '';
  let isLate = false;
  // A group of its own: a shell that is killed leaves behind what it runs.
  const child = spawn(program, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (words = `${words}${text.toString()}`.slice(-2000)));
  const closed = new Promise<void>((done) => child.once('close', done));
  const stop = (): void => void killGroup(child);
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, limitMs);
  signal.addEventListener('abort', stop);
  // Not when its pipes are closed: something that it has left in the background may hold them.
  const ended = await new Promise<string | undefined>((done) => {
    child.once('error', ({ message }) => done(message));
    child.once('exit', (code, killed) =>
      done(code === 0 ? undefined : code === null ? `it was ended by ${killed}` : `it ended with ${code}`),
    );
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  if (isLate || signal.aborted) await groupGone(child);
  await Promise.race([closed, pause(lastWordsMs)]);
  child.stdout.destroy();
  child.stderr.destroy();
  return { outcome: isLate ? `it was at it for more than ${limitMs / 1000} s, and was ended` : ended, words };
}

/** False where there is none any more. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0 = 'SIGKILL'): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

async function groupGone(child: ChildProcess): Promise<void> {
  const end = performance.now() + graceMs;
  while (killGroup(child, 0) && performance.now() < end) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms).unref());
}
