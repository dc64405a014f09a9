// What each output of a model is asked for: decided here, once, from the graph, what is known of the samples, and their names.
import { elementCount, operatorOf, tensorAt, type Graph, type OpKind, type TensorId } from '@wherry/graph';
import { isSigns, type TruthSurvey } from '../inputs/truth-survey.js';
import { inputAgain, type DeclaredTasks } from './declared-tasks.js';
import type { TaskName } from './task-names.js';
import { misfitOf, type Misfit } from './truth-misfit.js';
import { noClass, type TruthReading } from './truth-reading.js';

interface Decisions {
  readonly labelled: boolean;
  /** How labels are to be read, where they are not class numbers from 0. */
  readonly reading?: TruthReading;
}

export type OutputTask =
  /** Rows of scores, one decision each: the greatest. Scores that are `independent` may be equal at their bounds. */
  | ({ readonly kind: 'classes'; readonly classes: number; readonly independent?: true } & Decisions)
  /** One value for yes or no. A linear one has no threshold that is known, but for labels of -1 and 1. */
  | ({ readonly kind: 'binary'; readonly threshold: number | undefined } & Decisions)
  /** Values of which each is a yes or no of its own. */
  | ({ readonly kind: 'multi-label'; readonly threshold: number } & Decisions)
  /** The values of an input again: judged by their distance from it, which labels of 0 and 1 rank by. */
  | ({ readonly kind: 'reconstruction'; readonly input: number } & Decisions)
  /** A vector that stands for the sample; labels say whose. Nothing in a graph tells it from other values: it is declared. */
  | ({ readonly kind: 'embedding' } & Decisions)
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
  /** As many values as the first input, more than one. */
  readonly inputSized: boolean;
  /** An autoencoder, or a map: the values of the input again where that was looked at, else by size alone. */
  readonly likeInput: boolean;
  /** The values of the first input again, as was seen. */
  readonly isInputAgain: boolean;
}

/** A sigmoid's middle. */
const half = 0.5;
/** An output of more linear values is one of classes only where the labels reach about as far. */
const fewLinear = 12;
const leastLikeInput = 16;

/**
 * `alike`: of each output whether its values are seen to be those of the input again; undefined where that is not known. What is
 * `declared` is not asked again.
 */
export function outputTasks(
  graph: Graph,
  survey: TruthSurvey,
  alike: readonly (boolean | undefined)[] = [],
  declared: DeclaredTasks = new Map(),
): OutputTasks {
  const natures = graph.outputs.map((id, position) => natureOf(graph, id, alike[position]));
  const labelled = natures.map((nature) => labelledTask(nature, survey));
  const meant = outputsMeant(natures, labelled, survey);
  const tasks = natures.map((nature, i) => {
    const own = declared.get(i);
    if (own !== undefined) return taskAs(own, graph, i, survey);
    return (meant[i] ? labelled[i] : undefined) ?? taskWithout(nature);
  });
  const used = tasks.some((task) => (task.kind === 'values' ? task.targets : task.labelled));
  return { tasks, misfit: survey.kind === 'none' || used ? undefined : misfitOf(natures, survey) };
}

/** Whether the class names given are as many as the output tells apart. */
export function classCount(nature: OutputNature): number {
  return nature.scores === 'independent' && nature.elements === 1 ? 2 : nature.classes;
}

export function natureOf(graph: Graph, id: TensorId, alike?: boolean): OutputNature {
  let written = id;
  let writer = graph.nodes.find((node) => node.outputs.includes(written));
  while (writer !== undefined && passesValues(writer.kind)) {
    written = writer.inputs[0]!;
    writer = graph.nodes.find((node) => node.outputs.includes(written));
  }
  const scores = writer === undefined ? undefined : operatorOf(writer.kind).traits.scores;
  const { shape } = tensorAt(graph, written);
  const elements = elementCount(shape);
  const input = graph.inputs[0];
  const inputSized = input !== undefined && elements > 1 && elements === elementCount(tensorAt(graph, input).shape);
  return {
    elements,
    classes: shape.at(-1) ?? 1,
    scores: scores === 'rows' ? 'rows' : scores === 'whole' ? 'independent' : 'none',
    inputSized,
    likeInput: inputSized && (alike ?? elements >= leastLikeInput),
    isInputAgain: inputSized && alike === true,
  };
}

function passesValues(kind: OpKind): boolean {
  const { sameBytes, convertsNumbers } = operatorOf(kind).traits;
  return sameBytes === true || convertsNumbers === true;
}

/**
 * One number for each sample means one kind of output: of a class head and a box head the class head, however many values
 * the other has.
 */
function outputsMeant(
  natures: readonly OutputNature[],
  labelled: readonly (OutputTask | undefined)[],
  survey: TruthSurvey,
): readonly boolean[] {
  if (survey.kind !== 'numbers') return natures.map(() => true);
  const order = ['rows', 'independent', 'none'];
  const distance = (nature: OutputNature): number =>
    order.indexOf(nature.scores) + (classCount(nature) === survey.greatest + 1 ? 0 : order.length);
  const distances = natures.map((nature, i) => (labelled[i] === undefined ? Infinity : distance(nature)));
  const least = Math.min(...distances);
  return distances.map((own) => own === least);
}

/** By the graph alone. */
function taskWithout({ elements, classes, scores, likeInput, isInputAgain }: OutputNature): OutputTask {
  if (scores === 'rows' && classes > 1) return { kind: 'classes', classes, labelled: false };
  if (isInputAgain) return { kind: 'reconstruction', input: 0, labelled: false };
  if (scores !== 'independent' || likeInput) return { kind: 'values', targets: false };
  return elements === 1
    ? { kind: 'binary', threshold: half, labelled: false }
    : { kind: 'multi-label', threshold: half, labelled: false };
}

/** With what is known of the samples, where it goes with the output. */
function labelledTask(nature: OutputNature, survey: TruthSurvey): OutputTask | undefined {
  switch (survey.kind) {
    case 'numbers':
      return nature.elements === 1 ? taskOfNumber(nature, survey) : taskOfClassNumbers(nature, survey);
    case 'rows':
      return taskOfRows(nature, survey);
    case 'none':
      return undefined;
  }
}

/** A single value beside a single number. */
function taskOfNumber({ scores }: OutputNature, survey: TruthSurvey): OutputTask | undefined {
  const { whole, least, greatest, names } = survey;
  if (scores === 'rows') return undefined;
  const yesOrNo = whole && least >= 0 && greatest <= 1;
  const threshold = scores === 'independent' ? half : undefined;
  if (yesOrNo)
    return names === undefined || names.length === 2 ? { kind: 'binary', threshold, labelled: true } : undefined;
  if (names !== undefined) return undefined;
  // What is trained towards -1 and 1 is decided in the middle.
  if (isSigns(survey)) return { kind: 'binary', threshold: threshold ?? 0, labelled: true, reading: 'signs' };
  const within = scores === 'none' || (!whole && least >= 0 && greatest <= 1);
  return within ? { kind: 'values', targets: true } : undefined;
}

/** Several values beside a class number. */
function taskOfClassNumbers(nature: OutputNature, survey: TruthSurvey): OutputTask | undefined {
  if (nature.isInputAgain && nature.scores !== 'rows') return reconstructionTask(0, survey);
  const { elements, classes, scores, likeInput } = nature;
  const { whole, least, greatest, names, values } = survey;
  if (elements !== classes || (scores !== 'rows' && likeInput)) return undefined;
  if (classes === 2 && names === undefined && isSigns(survey)) return classesTask(nature, 'signs');
  if (!whole || least < 0 || greatest >= classes) return undefined;
  if (names !== undefined && names.length !== classes) return undefined;
  const few = greatest < classes / 2 && values.length < classes / 2;
  if (scores === 'none' && names === undefined && classes > fewLinear && few) return undefined;
  return classesTask(nature);
}

/** Whether a sample is an anomaly, in 0 and 1, is all that goes with it. */
function reconstructionTask(input: number, survey: TruthSurvey): OutputTask | undefined {
  const { kind, whole, least, greatest, names } = survey;
  if (kind !== 'numbers' || (names !== undefined && names.length !== 2)) return undefined;
  if (isSigns(survey)) return { kind: 'reconstruction', input, labelled: true, reading: 'signs' };
  return whole && least >= 0 && greatest <= 1 ? { kind: 'reconstruction', input, labelled: true } : undefined;
}

/** What the user declares, with what is known of the samples where it goes with it. */
function taskAs(declared: TaskName, graph: Graph, position: number, survey: TruthSurvey): OutputTask {
  const own = natureOf(graph, graph.outputs[position]!, false);
  const labelledAs = (nature: OutputNature): OutputTask | undefined => {
    const task = labelledTask(nature, survey);
    return task?.kind === declared ? task : undefined;
  };
  switch (declared) {
    case 'classes': {
      const rows: OutputNature = { ...own, scores: own.scores === 'independent' ? 'independent' : 'rows' };
      const task = labelledAs(rows) ?? { ...classesTask(rows), labelled: false };
      return task;
    }
    case 'binary':
      return (
        labelledAs(own) ?? {
          kind: 'binary',
          threshold: own.scores === 'independent' ? half : undefined,
          labelled: false,
        }
      );
    case 'multi-label':
      return labelledAs(own) ?? { kind: 'multi-label', threshold: half, labelled: false };
    case 'values':
      return {
        kind: 'values',
        targets: survey.kind !== 'none' && survey.names === undefined && survey.width === own.elements,
      };
    case 'reconstruction': {
      const input = inputAgain(graph, position);
      return reconstructionTask(input, survey) ?? { kind: 'reconstruction', input, labelled: false };
    }
    case 'embedding':
      return { kind: 'embedding', labelled: survey.kind === 'numbers' && survey.whole };
  }
}

function taskOfRows(nature: OutputNature, survey: TruthSurvey): OutputTask | undefined {
  const { elements, classes, scores, likeInput } = nature;
  const { width, whole, least, greatest, oneHot, shareWidths } = survey;
  const map = readingOfMap(nature, survey);
  if (map !== undefined) return classesTask(nature, map);
  if (oneHot && width === 2 && elements === 1 && scores === 'independent')
    return { kind: 'binary', threshold: half, labelled: true, reading: 'one-hot' };
  if (width !== elements) return undefined;
  if (oneHot && elements === classes && scores !== 'independent' && !likeInput) return classesTask(nature, 'one-hot');
  const soft = shareWidths.includes(width) && (scores === 'rows' || isSmoothed(survey, width));
  if (soft && elements === classes && scores !== 'independent' && !likeInput) return classesTask(nature, 'soft');
  if (scores === 'rows') return undefined;
  const signs = isSigns(survey) && !likeInput;
  if (signs) return { kind: 'multi-label', threshold: scores === 'none' ? 0 : half, labelled: true, reading: 'signs' };
  if (scores === 'none') return { kind: 'values', targets: true };
  if (least < 0 || greatest > 1) return undefined;
  return whole && !likeInput
    ? { kind: 'multi-label', threshold: half, labelled: true }
    : { kind: 'values', targets: true };
}

/** One decision at each of many places, and what is known of each place. */
function readingOfMap(nature: OutputNature, survey: TruthSurvey): TruthReading | undefined {
  const { elements, classes, scores, likeInput } = nature;
  const { width, values, shareWidths } = survey;
  if (elements === classes || classes < 2 || (scores !== 'rows' && likeInput)) return undefined;
  if (width * classes === elements) return isClassMap(survey, classes) ? 'class-map' : undefined;
  if (width !== elements || scores === 'independent') return undefined;
  if (!shareWidths.includes(classes)) return undefined;
  if (values.every((value) => value === 0 || value === 1)) return 'one-hot-map';
  return scores === 'rows' || isSmoothed(survey, classes) ? 'soft-map' : undefined;
}

/** Class numbers, and one of those that stand for none. A single class and 255 are more likely no and yes. */
function isClassMap({ whole, values }: TruthSurvey, classes: number): boolean {
  const own = values.filter((value) => value >= 0 && value < classes);
  const others = values.filter((value) => value < 0 || value >= classes);
  const known = others.length === 0 || (own.length > 1 && others.length === 1 && noClass.includes(others[0]!));
  return whole && own.length > 0 && known;
}

/** One-hot rows that were softened: of linear outputs only these are no shares to be estimated. */
function isSmoothed({ values }: TruthSurvey, width: number): boolean {
  const [low = 0, high = 0] = values;
  return values.length === 2 && Math.abs(high + (width - 1) * low - 1) < 0.01;
}

function classesTask({ classes, scores }: OutputNature, reading?: TruthReading): OutputTask {
  return {
    kind: 'classes',
    classes,
    labelled: true,
    ...(scores === 'independent' && { independent: true }),
    ...(reading !== undefined && { reading }),
  };
}
