// Settings of a training that would do nothing with this model, or something else than they say, are refused.
import { elementCount, tensorAt, WherryError, type Graph } from '@wherry/graph';
import { trainingDefaults, type Augmentation, type TrainingSettings } from '@wherry/trainer/training-settings';
import type { OutputTask } from '../accuracy/output-task.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { OpenHead } from './heads.js';

export interface HonouredTraining {
  readonly graph: Graph;
  readonly tasks: readonly OutputTask[];
  readonly heads: readonly OpenHead[];
  /** Of each head whether its truths are known. */
  readonly known: readonly boolean[];
  readonly settings: Pick<TrainingSettings, 'augmentation' | 'loss' | 'temperature'>;
}

/** Throws SETTING_UNUSED, and ARGUMENTS_INVALID for what would change the inputs and leave the truths as they are. */
export function requireHonouredTraining(training: HonouredTraining): void {
  const { loss, temperature } = training.settings;
  for (const word of ['flip', 'shift', 'noise', 'gain'] as const)
    if (training.settings.augmentation[word]) requireAugmentation(word, training);
  const isFollowed = training.heads.some(
    ({ kind }, i) => kind === 'softmax' && (loss !== 'labels' || !training.known[i]),
  );
  if (temperature !== trainingDefaults.temperature && !isFollowed)
    throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
      what: '--temperature is given and decides nothing: no scores of classes follow those of the float model',
      next: 'leave it away',
    });
}

function requireAugmentation(word: keyof Augmentation, training: HonouredTraining): void {
  const { graph, tasks, heads, known, settings } = training;
  const least = { flip: 4, shift: 2, noise: 0, gain: 0 }[word];
  const inputs = graph.inputs.map((id) => tensorAt(graph, id));
  const most = { flip: 4, shift: Infinity, noise: Infinity, gain: Infinity }[word];
  if (!inputs.some(({ dtype, shape }) => dtype === 'float32' && shape.length >= least && shape.length <= most))
    throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
      what: `--augment ${word} is given and changes nothing: ${word === 'flip' ? 'no input is a picture of four dimensions' : `no input of real values has ${least} dimensions or more`}`,
      where: inputs.map(({ name, dtype, shape }) => `${name} ${dtype}[${shape.join(', ')}]`).join(', '),
      next: 'leave it away',
    });
  if (settings.loss === 'distillation') return;
  heads.forEach((head, i) => {
    if (!known[i] || !leavesTruth(word, graph, tasks[i]!, head)) return;
    throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, {
      what: `--augment ${word} would change the inputs and not what the output is to give for them`,
      where: tensorAt(graph, graph.outputs[i]!).name,
      next: `leave it away, or take --loss distillation, which asks the float model anew`,
    });
  });
}

/** Truths that have to move along with the input: the input itself, and maps of it. Noise is what is to be taken away. */
function leavesTruth(word: keyof Augmentation, graph: Graph, task: OutputTask, { id, classes }: OpenHead): boolean {
  if (word === 'noise') return false;
  if (task.kind === 'reconstruction') return true;
  return word !== 'gain' && elementCount(tensorAt(graph, id).shape) > classes;
}
