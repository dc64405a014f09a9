// Runs the commands of a walk-through in a folder, as somebody does who follows it from the root of the repository.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shownOutput } from './shown-output.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = join(root, 'apps', 'cli', 'bin', 'deploy.mjs');
const longestMilliseconds = 600_000;

/**
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {string} folder where it is followed
 * @param {(words: readonly string[]) => void} [told] before each command
 * @returns {readonly string[]} what is to be shown of each step's output
 */
export function runSteps(steps, folder, told = () => undefined) {
  return steps.map(({ commands, line, shown }) => {
    const output = commands.map((words) => {
      told(words);
      return runCommand(words, folder, line);
    });
    return shownOutput(output.join(''), shown?.only);
  });
}

function runCommand(words, folder, line) {
  const [program, ...args] = programOf(words);
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: longestMilliseconds,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status === 0) return stdout;
  const how = error?.message ?? (signal === null ? `exit code ${status}` : `signal ${signal}`);
  throw new Error(`line ${line}: ${words.join(' ')}\nended with ${how}\n${stdout}${stderr}`);
}

/** The command is that of this repository, and so are its scripts. */
function programOf([program, ...args]) {
  if (program === 'npx' && args[0] === 'deploy') return [process.execPath, command, ...args.slice(1)];
  if (program === 'node') return [process.execPath, join(root, args[0]), ...args.slice(1)];
  return [program, ...args];
}
