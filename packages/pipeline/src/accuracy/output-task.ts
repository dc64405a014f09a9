// What each output of a model is asked for: decided here, once, from the graph, what is known of the samples, and their names.
import { elementCount, operatorOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import type { TruthSurvey } from '../inputs/truth-survey.js';
import { misfitOf, type Misfit } from './truth-misfit.js';

export type OutputTask =
  /** Rows of scores, one decision each: the greatest. */
  | { readonly kind: 'classes'; readonly classes: number; readonly labelled: boolean }
  /** One value for yes or no. A linear one has no threshold that is known. */
  | { readonly kind: 'binary'; readonly threshold: number | undefined; readonly labelled: boolean }
  /** Values of which each is a yes or no of its own. */
  | { readonly kind: 'multi-label'; readonly threshold: number; readonly labelled: boolean }
  /** Anything else: held by its values, against those of the float model and against targets where there are some. */
  | { readonly kind: 'values'; readonly targets: boolean };

export interface OutputTasks {
  readonly tasks: readonly OutputTask[];
  /** Why what is known of the samples is of no use for any output. */
  readonly misfit?: Misfit | undefined;
}

/** What the operator that writes an output says of it. */
export interface OutputNature {
  readonly elements: number;
  /** Along the last dimension. */
  readonly classes: number;
  readonly scores: 'rows' | 'independent' | 'none';
  /** As many values as the first input: an autoencoder, or a map. */
  readonly likeInput: boolean;
}

/** A sigmoid's middle. */
const half = 0.5;
/** An output of more linear values is one of classes only where the labels reach about as far. */
const fewLinear = 20;
const leastLikeInput = 16;

export function outputTasks(graph: Graph, survey: TruthSurvey): OutputTasks {
  const natures = graph.outputs.map((id) => natureOf(graph, id));
  const tasks = natures.map((nature) => labelledTask(nature, survey) ?? taskWithout(nature));
  const used = tasks.some((task) => (task.kind === 'values' ? task.targets : task.labelled));
  return { tasks, misfit: survey.kind === 'none' || used ? undefined : misfitOf(natures, survey) };
}

/** Whether the class names given are as many as the output tells apart. */
export function classCount(nature: OutputNature): number {
  return nature.scores === 'independent' && nature.elements === 1 ? 2 : nature.classes;
}

export function natureOf(graph: Graph, id: TensorId): OutputNature {
  let written = id;
  let writer = graph.nodes.find((node) => node.outputs.includes(written));
  while (writer !== undefined && operatorOf(writer.kind).traits.sameBytes === true) {
    written = writer.inputs[0]!;
    writer = graph.nodes.find((node) => node.outputs.includes(written));
  }
  const scores = writer === undefined ? undefined : operatorOf(writer.kind).traits.scores;
  const { shape } = tensorAt(graph, written);
  const elements = elementCount(shape);
  const input = graph.inputs[0];
  return {
    elements,
    classes: shape.at(-1) ?? 1,
    scores: scores === 'rows' ? 'rows' : scores === 'whole' ? 'independent' : 'none',
    likeInput:
      input !== undefined && elements >= leastLikeInput && elements === elementCount(tensorAt(graph, input).shape),
  };
}

/** By the graph alone. */
function taskWithout({ elements, classes, scores, likeInput }: OutputNature): OutputTask {
  if (scores === 'rows' && classes > 1) return { kind: 'classes', classes, labelled: false };
  if (scores !== 'independent' || likeInput) return { kind: 'values', targets: false };
  return elements === 1
    ? { kind: 'binary', threshold: half, labelled: false }
    : { kind: 'multi-label', threshold: half, labelled: false };
}

/** With what is known of the samples, where it goes with the output. */
function labelledTask(nature: OutputNature, survey: TruthSurvey): OutputTask | undefined {
  return survey.kind === 'numbers'
    ? taskOfNumbers(nature, survey)
    : survey.kind === 'rows'
      ? taskOfRows(nature, survey)
      : undefined;
}

function taskOfNumbers(
  { elements, classes, scores, likeInput }: OutputNature,
  survey: TruthSurvey,
): OutputTask | undefined {
  const { whole, least, greatest, names, values } = survey;
  const yesOrNo = whole && least >= 0 && greatest <= 1;
  if (elements === 1) {
    if (scores === 'rows') return undefined;
    const threshold = scores === 'independent' ? half : undefined;
    if (yesOrNo)
      return names === undefined || names.length === 2 ? { kind: 'binary', threshold, labelled: true } : undefined;
    if (names !== undefined || isSigns(survey)) return undefined;
    const within = scores === 'none' || (!whole && least >= 0 && greatest <= 1);
    return within ? { kind: 'values', targets: true } : undefined;
  }
  if (elements !== classes || (scores === 'none' && likeInput)) return undefined;
  if (!whole || least < 0 || greatest >= classes) return undefined;
  if (names !== undefined && names.length !== classes) return undefined;
  if (
    scores === 'none' &&
    names === undefined &&
    classes > fewLinear &&
    greatest < classes / 2 &&
    values.length < classes / 2
  )
    return undefined;
  return { kind: 'classes', classes, labelled: true };
}

function taskOfRows({ elements, classes, scores }: OutputNature, survey: TruthSurvey): OutputTask | undefined {
  const { width, whole, least, greatest, oneHot } = survey;
  if (width !== elements || scores === 'rows') return undefined;
  if (scores === 'none') return oneHot && elements === classes ? undefined : { kind: 'values', targets: true };
  const decisions = whole && least >= 0 && greatest <= 1;
  return decisions ? { kind: 'multi-label', threshold: half, labelled: true } : { kind: 'values', targets: true };
}

/** -1 and 1, and nothing else. */
export function isSigns({ values }: TruthSurvey): boolean {
  return values.length === 2 && values[0] === -1 && values[1] === 1;
}
