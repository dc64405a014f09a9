// The program of a board that puts the model onto it: `pre_script` of the hardware map, as the lab's own people wrote it there.
import { spawn } from 'node:child_process';
import { printable, WherryError } from '@wherry/graph';
import type { LabJob } from '@wherry/lab';
import { labDiagnostics } from '@wherry/lab/diagnostics';
import type { BoardTarget } from './board-targets.js';

/** Builds and flashes take minutes, and no more. */
const longestMs = 15 * 60_000;

/**
 * Of the job it is told names only, none of which a shell reads. Throws LAB_SCRIPT_FAILED, and the reason of the signal.
 */
export async function runBoardScript(
  program: string,
  { board, profile }: BoardTarget,
  { model }: LabJob,
  signal: AbortSignal,
): Promise<void> {
  const told = {
    WHERRY_BOARD: board.id,
    WHERRY_SERIAL: board.serial ?? '',
    WHERRY_RUNNER: board.runner ?? '',
    WHERRY_PROBE: board.probeId ?? '',
    WHERRY_MODEL: model,
    WHERRY_PROFILE: profile,
  };
  let words = '';
  const outcome = await new Promise<string | undefined>((done) => {
    const child = spawn(program, {
      env: { ...process.env, ...told },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longestMs,
      killSignal: 'SIGKILL',
      signal,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (words = `${words}${text.toString()}`.slice(-2000)));
    child.on('error', ({ message }) => done(message));
    child.on('close', (code, killed) =>
      done(code === 0 ? undefined : code === null ? `it was ended by ${killed}` : `it ended with ${code}`),
    );
  });
  signal.throwIfAborted();
  if (outcome === undefined) return;
  const last = words.trimEnd().split('\n').at(-1)!;
  throw new WherryError(labDiagnostics.LAB_SCRIPT_FAILED, {
    what: `${program} did not put ${model} onto the board ${board.id}: ${outcome}${last === '' ? '' : `; its last words: ${printable(last)}`}`,
    next: `run it by hand, with ${Object.entries(told)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
  });
}
