// A command that is killed, or whose disk fails, at each call that changes its folder: what stands there then, what it says, and
// what the next run makes of it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, type Finished } from './built-command.js';
import type { Fault, FaultyFiles } from './faulty-files.js';

export interface SweptCommand {
  /** What it writes, below the folder. */
  readonly outputs: readonly string[];
  readonly words: readonly string[];
  /** Of the answer that is printed, though no file could be written. */
  readonly answer?: RegExp;
  /** The last call before the work begins: a fault up to it refuses the run, which has no answer then. */
  readonly begins?: RegExp;
  /** A file that grows while the command is at work: how far it came is what it is for. */
  readonly log?: string;
  /** The older outputs are taken away before the work begins: none passes for one of a run that was refused. */
  readonly isRemovedFirst?: boolean;
}

export interface Swept {
  /** Faults that are as they should not be, in words. */
  readonly wrong: readonly string[];
  readonly counts: Readonly<Record<Fault, number>>;
  /** That change the folder, in their order. */
  readonly calls: readonly string[];
}

/** `folder`: where the older outputs stand, and the command runs; `kept`: a copy of it is made there. */
export interface SweptPlace {
  readonly folder: string;
  readonly kept: string;
  readonly files: FaultyFiles;
  /** Numbers of the calls to be met, of all of them. */
  choose(calls: readonly string[], fault: Fault): readonly number[];
}

export async function sweep(command: SweptCommand, place: SweptPlace): Promise<Swept> {
  const { folder, kept, files } = place;
  cpSync(folder, kept, { recursive: true });
  const start = async (fault?: { readonly what: Fault; readonly at: number }): Promise<Finished> => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(kept, folder, { recursive: true });
    return runDeploy(command.words, { cwd: folder, env: { CI: '', ...files.environment(folder, fault) } });
  };
  const older = states(kept, command);
  const undisturbed = await start();
  const calls = files.calls();
  const [newer, names] = [states(folder, command), readdirSync(folder).sort()];
  const wrong: string[] = [];
  const counts = { kill: 0, tear: 0, ENOSPC: 0, EIO: 0 };
  if (undisturbed.code !== 0) wrong.push(`it is not right by itself: ${undisturbed.stderr}`);
  command.outputs.forEach((name, at) => {
    if (older[at] === newer[at]) wrong.push(`${name} is not told apart from the older one`);
  });
  const begin = command.begins === undefined ? -1 : calls.findIndex((call) => command.begins!.test(call));
  if (command.begins !== undefined && begin < 0) wrong.push(`no call is as ${command.begins.source}`);
  for (const what of ['kill', 'tear', 'ENOSPC', 'EIO'] as const)
    for (const at of place.choose(calls, what)) {
      counts[what] += 1;
      const finished = await start({ what, at });
      const say = (words: string): void => void wrong.push(`${what} at ${at}, ${calls[at - 1]}: ${words}`);
      const found = states(folder, command);
      found.forEach((state, output) => {
        const name = command.outputs[output]!;
        const isMoving = state === none && aside(folder, name) === older[output];
        const isGone = state === none && command.isRemovedFirst === true;
        if (state !== older[output] && state !== newer[output] && !isMoving && !isGone && name !== command.log)
          say(`${name} is neither`);
      });
      const isDone = found.every((state, output) => state === newer[output]);
      const isKilled = what === 'kill' || what === 'tear';
      const answer = at <= begin + 1 ? undefined : command.answer;
      (isKilled ? killedFaults(finished) : errorFaults(finished, answer, { what, isDone })).forEach(say);
      const next = await runDeploy(command.words, { cwd: folder, env: { CI: '' } });
      const isThere = isDone && older.every((state) => state === none);
      if (next.code !== 0 && !isThere) say(`the next run ends in ${next.code}: ${next.stderr}`);
      const left = readdirSync(folder).sort();
      if (left.join() !== names.join()) say(`left behind: ${left.join()}`);
      if (states(folder, command).some((state, output) => state !== newer[output]))
        say('the next run comes to something else');
    }
  return { wrong, counts, calls };
}

function killedFaults({ code, signal }: Finished): readonly string[] {
  return signal === 'SIGKILL' ? [] : [`it was not killed, and ended in ${code}`];
}

/** A fault that changed nothing of the outputs needs no word. */
function errorFaults(
  { code, stdout, stderr }: Finished,
  answer: RegExp | undefined,
  { what, isDone }: { readonly what: Fault; readonly isDone: boolean },
): readonly string[] {
  const said = stdout + stderr;
  const told = /^ *[A-Z]+_[A-Z_]+: [^]*\n +at +\S[^]*\n +next +\S/m.test(said) && said.includes(what);
  return [
    ...(code === 0 && !isDone ? ['it ends in 0 without its outputs'] : []),
    ...(code !== 0 && code !== 11 ? [`it ends in ${code}`] : []),
    ...(code === 11 && !told ? [`it says neither what, where nor the next act: ${said}`] : []),
    ...(/\n +at .*:\d+:\d+\)?$|\bBUG\b/m.test(said) ? [`a stack is printed: ${stderr}`] : []),
    ...(answer !== undefined && !isDone && code === 11 && !answer.test(stdout) ? ['its answer is lost'] : []),
  ];
}

const none = 'none';

function states(folder: string, { outputs }: SweptCommand): readonly string[] {
  return outputs.map((name) => stateOf(join(folder, name)));
}

/** Between two renames the older output has another name, under which the next run looks for it. */
function aside(folder: string, name: string): string {
  return stateOf(join(folder, `.${name}.wherry-old`));
}

function stateOf(path: string): string {
  if (!existsSync(path)) return none;
  const hash = createHash('sha256');
  const take = (at: string, name: string): void => {
    if (statSync(at).isFile()) hash.update(`${name}\n`).update(readFileSync(at));
    else for (const each of readdirSync(at).sort()) take(join(at, each), `${name}/${each}`);
  };
  take(path, '');
  return hash.digest('hex');
}
