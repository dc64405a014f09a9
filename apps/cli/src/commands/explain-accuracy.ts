// `deploy explain-accuracy MODEL`: where accuracy goes on the way to a target, or in a file that is quantized already. Nothing is written unless it is asked for.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';
import type { DeployRequest, Explanation } from '@wherry/pipeline';
import { Command } from 'commander';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';
import { print } from '../terminal/print.js';

interface ExplainOptions extends RunOptions {
  readonly apply?: boolean;
  readonly float?: string;
  readonly outputs?: readonly string[];
}

export function explainAccuracyCommand(interruption: Interruption): Command {
  const command = new Command('explain-accuracy').description(
    'say where accuracy goes on the way to a target, or in a file that is quantized already: by cause and by layer',
  );
  return addRunOptions(command, { writes: true, dumps: false })
    .optionsGroup('Remedies:')
    .option(
      '--apply',
      'of a float MODEL, deploy with what mends most beyond chance, into --out; without a loss nothing is written',
    )
    .optionsGroup('Of a file that is quantized already:')
    .option('-f, --float <other-model>', 'the float model that MODEL was made of; no profile is needed then')
    .option(
      '--outputs <data>',
      'with --float, [FORMAT:]PATH of outputs that a device gave, a row for each sample; OUTPUT=PATH of several (repeatable)',
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .action(async (model: string | undefined, options: ExplainOptions, self: Command) =>
      options.float === undefined
        ? explainRun(model, options, self, interruption)
        : explainFile({ ...options, float: options.float }, model, self, interruption),
    );
}

async function explainRun(
  model: string | undefined,
  { outputs, apply = false, ...options }: ExplainOptions,
  self: Command,
  interruption: Interruption,
): Promise<void> {
  if (outputs !== undefined)
    refuseUnused('--outputs', 'is given without --float', 'give the file that the device ran as MODEL, and --float');
  if (!apply && self.getOptionValueSource('out') === 'cli')
    refuseUnused('--out', 'is given without --apply, which alone writes', 'add --apply, or leave --out away');
  if (apply && options.json === true)
    refuseUnused('--json', 'gives one document, and --apply prints two reports', 'leave one of them away');
  const { explanationText, requestOf, requireFloat, requireOwnPage } = await import('@wherry/pipeline');
  const { explainDeployment } = await import('../run-deployment.js');
  const settings = await readSettings(model, options, self);
  if (settings.model !== undefined) await requireFloat(settings.model);
  const request = requestOf(settings, ['model', 'profile']);
  const applied = apply ? requestOf(settings, ['model', 'profile', 'out']) : undefined;
  const { report } = options;
  if (report !== undefined) await requireOwnPage(report, { out: applied?.out });
  const { explanation, page } = await explainDeployment(request, options, interruption);
  const style = await terminalStyle();
  await print(options, explanation, () => explanationText(explanation, style));
  const { healthy } = explanation.attribution;
  const best = healthy ? undefined : explanation.remedies.tried.find(({ verdict }) => verdict === 'gain');
  // The page is that of what is deployed, where anything is.
  if (report !== undefined && (applied === undefined || best === undefined)) {
    const { leavePage } = await import('../leave-page.js');
    await leavePage(report, page, interruption);
  }
  if (applied === undefined) return;
  if (healthy) process.stdout.write('\napplied      nothing: there is nothing to mend; no output was written\n');
  else if (best === undefined) await refuseToApply(explanation.remedies);
  else await applyBest(explanation.remedies, best, { request: applied, options, interruption });
}

/** Throws REMEDY_NONE. */
async function refuseToApply({ tried, notTried }: Explanation['remedies']): Promise<never> {
  const { attributionDiagnostics } = await import('@wherry/pipeline');
  throw new WherryError(attributionDiagnostics.REMEDY_NONE, {
    what: notTried === null ? `of ${tried.length} settings that were tried none gains beyond chance` : 'none was tried',
    next: notTried ?? 'look at the causes: data and float model come before settings',
  });
}

interface Applying {
  readonly request: DeployRequest & { readonly out: string };
  readonly options: RunOptions;
  readonly interruption: Interruption;
}

/** The main job with the setting that gained most. */
async function applyBest(
  remedies: Explanation['remedies'],
  best: Explanation['remedies']['tried'][number],
  { request, options, interruption }: Applying,
): Promise<void> {
  const { appliedText } = await import('@wherry/pipeline');
  process.stdout.write(`\n${appliedText(remedies, best)}\n\n`);
  const { writeDeployment } = await import('../write-deployment.js');
  await writeDeployment({ ...request, ...best.changes }, options, interruption);
}

/** Nothing is decided of a file that is there: what would be, decides nothing. */
const ofFiles = [
  'float',
  'outputs',
  'evaluation',
  'preprocess',
  'samples',
  'labels',
  'task',
  'budget',
  'engine',
  'json',
  'quiet',
];

async function explainFile(
  options: ExplainOptions & { readonly float: string },
  model: string | undefined,
  self: Command,
  interruption: Interruption,
): Promise<void> {
  const said = Object.keys(options).filter((name) => self.getOptionValueSource(name) === 'cli');
  const unused = said.filter((name) => !ofFiles.includes(name));
  if (unused.length > 0) refuseOfFiles(unused.map((name) => longOf(self, name)));
  const { evaluation, float, outputs, preprocess, samples, labels, task, budget, engine } = options;
  if (model === undefined || evaluation === undefined)
    throw new WherryError(pipelineDiagnostics.REQUEST_INCOMPLETE, {
      what: `${model === undefined ? 'the quantized model' : 'the samples to evaluate on'} ${model === undefined ? 'is' : 'are'} missing`,
      next: model === undefined ? 'name the .tflite file' : 'add --evaluation [FORMAT:]PATH',
    });
  const { explainFileOnHost } = await import('../run-deployment.js');
  const { fileExplanationText, parsePreprocessing, budgetSecondsOf } = await import('@wherry/pipeline');
  const explanation = await explainFileOnHost(
    {
      ...{ model, float, evaluation, outputs, samples, labels, task },
      preprocessing: preprocess === undefined ? undefined : parsePreprocessing(preprocess),
      budgetSeconds: budgetSecondsOf(budget),
    },
    { ...options, engine },
    interruption,
  );
  const style = await terminalStyle();
  await print(options, explanation, () => fileExplanationText(explanation, style));
}

async function terminalStyle() {
  const { reportStyle, wantsColor } = await import('../terminal/style.js');
  return reportStyle(wantsColor(process.stdout, process.env));
}

function longOf(self: Command, name: string): string {
  return self.options.find((each) => each.attributeName() === name)!.long!;
}

/** Throws SETTING_UNUSED for what would decide how a file is made. */
function refuseOfFiles(unused: readonly string[]): never {
  const [last] = unused.slice(-1);
  const [names, them, decide] =
    unused.length === 1
      ? [last!, 'it', 'decides']
      : [`${unused.slice(0, -1).join(', ')} and ${last!}`, 'them', 'decide'];
  return refuseUnused(
    names,
    `${decide} nothing with --float, which explains a file as it is`,
    `leave ${them} away; or leave --float away, give the float model as MODEL, and --profile and --calibration to quantize it with`,
  );
}

function refuseUnused(option: string, why: string, next: string): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, { what: `${option} ${why}`, next });
}
