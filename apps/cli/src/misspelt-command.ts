// A word that is neither a model nor a command: says which command was probably meant.
import { existsSync } from 'node:fs';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';
import type { Command } from 'commander';

/** What people call the main job, which has no word of its own. */
const mainJob: readonly string[] = [
  'build',
  'compile',
  'convert',
  'deploy',
  'export',
  'generate',
  'make',
  'optimise',
  'optimize',
  'quantise',
  'quantize',
  'run',
];

/**
 * Throws ARGUMENTS_INVALID for more than one word, and for one that is no file, does not look like the path of one and is no
 * model of the project, whose names are asked for only then.
 */
export async function refuseMisspeltCommand(
  command: Command,
  modelNames: () => Promise<readonly string[]>,
): Promise<void> {
  const [first, second] = command.args;
  if (first === undefined || (second === undefined && (existsSync(first) || /[./\\]/.test(first)))) return;
  const models = await modelNames();
  if (second === undefined && models.includes(first)) return;
  throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, {
    what:
      second === undefined || isWord(first)
        ? `"${first}" is neither a model file nor a command`
        : `one model is expected, and "${second}" follows "${first}"`,
    where: 'the command line',
    next: await insteadOf(
      first,
      second,
      command.commands.map((each) => each.name()),
      models,
    ),
  });
}

function isWord(text: string): boolean {
  return !existsSync(text) && !/[./\\]/.test(text);
}

async function insteadOf(
  first: string,
  second: string | undefined,
  commands: readonly string[],
  models: readonly string[],
): Promise<string> {
  const { nearestName } = await import('@wherry/profiles');
  const known = [...commands, 'help', 'version', ...mainJob, ...models];
  const meant = nearestName(first, known);
  if (isWord(first) && meant !== null) {
    if (models.includes(meant)) return `did you mean ${meant}, a model of the project?`;
    if (meant === 'version') return '`deploy --version` prints it';
    if (!mainJob.includes(meant)) return `did you mean \`deploy ${meant}\`?`;
    return `the main job has no word of its own: \`deploy ${second ?? 'MODEL'} --profile ID --calibration DATA --out DIR\``;
  }
  return isWord(first) && second === undefined
    ? `give a .keras, .h5, .hdf5 or .tflite file,${models.length === 0 ? '' : ` a model of the project (${models.join(', ')}),`} or one of the commands ${commands.join(', ')}`
    : `give one model, and quotes around a path with spaces; the commands are ${commands.join(', ')}`;
}
