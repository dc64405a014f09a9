// Compares two lists of outputs, float and quantized, sample by sample, by the task of the output.
import type { TensorData } from '@wherry/graph';
import { classJudge, type Top1, type TopK } from './class-judge.js';
import type { Confusion } from './class-numbering.js';
import { embeddingJudge, type EmbeddingFit } from './embedding-judge.js';
import { PartErrors, type DeadPart, type Parts } from './part-errors.js';
import type { OutputTask } from './output-task.js';
import { reconstructionJudge, type Reconstruction } from './reconstruction-judge.js';
import { targetJudge, type TargetFit } from './target-judge.js';
import { thresholdJudge, type ThresholdDecisions } from './threshold-judge.js';
import { readTruth, type TruthReading } from './truth-reading.js';
import { ValueErrorSums, type ValueErrors } from './value-errors.js';

/** What a comparison says of one graph output: how far the values are apart, and what its task asks for besides. */
export interface OutputComparison extends ValueErrors {
  readonly name: string;
  readonly task: OutputTask['kind'];
  /** How labels were read, where they are no class numbers. */
  readonly reading?: TruthReading;
  /** Recordings that the samples were cut from, where all were: chance is judged by them. */
  readonly recordings?: number;
  /** Of outputs with two or more classes. */
  readonly top1?: Top1;
  /** Of outputs with ten classes or more. */
  readonly topK?: TopK;
  /** Of outputs whose values are each a yes or a no. */
  readonly threshold?: ThresholdDecisions;
  /** Where the data has targets for the values. */
  readonly targets?: TargetFit;
  /** Of outputs that give an input again. */
  readonly reconstruction?: Reconstruction;
  /** Of outputs that are declared to be embeddings. */
  readonly embedding?: EmbeddingFit;
  /** What the float model makes of samples of each label, for one label a sample. */
  readonly confusion?: Confusion;
  /** Parts of values that int8 does not tell. */
  readonly deadParts?: readonly DeadPart[];
}

/** What is known of a sample that goes with the output's task. */
export interface SampleTruth {
  readonly label?: number | undefined;
  readonly target?: ArrayLike<number> | undefined;
  /** The class of each row of scores, where a sample has several; negative where none is known. */
  readonly rows?: ArrayLike<number> | undefined;
  /** The recording that the sample was cut from, where it was: samples of one have something in common. */
  readonly group?: number | undefined;
  /** What the model was given, in real values. */
  readonly inputs?: readonly TensorData[];
}

/** The part of a comparison that one task adds. */
export interface OutputJudge {
  add(expected: ArrayLike<number>, actual: ArrayLike<number>, truth: SampleTruth): void;
  result(): Judged;
}

type Judged = Pick<
  OutputComparison,
  'top1' | 'topK' | 'threshold' | 'targets' | 'reconstruction' | 'embedding' | 'confusion'
>;

/** Lives as long as one evaluation. */
export class OutputComparator {
  readonly #name: string;
  readonly #task: OutputTask;
  readonly #judge: OutputJudge | undefined;
  readonly #parts: PartErrors | undefined;
  readonly #errors = new ValueErrorSums();
  readonly #recordings = new Set<number | undefined>();

  constructor(name: string, task: OutputTask, parts?: Parts) {
    this.#name = name;
    this.#task = task;
    this.#judge = judgeOf(task);
    this.#parts = parts === undefined || task.kind !== 'values' ? undefined : new PartErrors(parts);
  }

  add(expected: ArrayLike<number>, actual: ArrayLike<number>, truth: SampleTruth = {}): void {
    this.#errors.add(expected, actual);
    this.#recordings.add(truth.group);
    this.#parts?.add(expected, actual);
    const read = readTruth(readingOf(this.#task), truth, classesOf(this.#task));
    this.#judge?.add(expected, actual, {
      ...read,
      group: truth.group,
      ...(truth.inputs !== undefined && { inputs: truth.inputs }),
    });
  }

  get result(): OutputComparison {
    const reading = readingOf(this.#task);
    const deadParts = this.#parts?.result ?? [];
    const errors = this.#errors.result;
    return {
      name: this.#name,
      task: this.#task.kind,
      ...errors,
      ...(reading !== undefined && { reading }),
      ...(this.#recordings.size > 0 && !this.#recordings.has(undefined) && { recordings: this.#recordings.size }),
      ...judgedOf(this.#judge?.result() ?? {}, errors),
      ...(deadParts.length > 0 && errors.notFinite === undefined && { deadParts }),
    };
  }
}

/** A mean over what is no number is none; of decisions those that were not made count as wrong. */
function judgedOf(judged: Judged, { notFinite }: ValueErrors): Judged {
  if (notFinite === undefined) return judged;
  const { targets: _, reconstruction: __, embedding: ___, ...decided } = judged;
  return decided;
}

export function readingOf(task: OutputTask): TruthReading | undefined {
  return task.kind === 'values' ? undefined : task.reading;
}

function classesOf(task: OutputTask): number | undefined {
  return task.kind === 'classes' ? task.classes : undefined;
}

function judgeOf(task: OutputTask): OutputJudge | undefined {
  switch (task.kind) {
    case 'classes':
      return classJudge(task.classes, task.labelled, task.independent === true);
    case 'binary':
    case 'multi-label': {
      const judge = thresholdJudge(task.threshold, task.kind === 'binary');
      return task.labelled
        ? judge
        : { ...judge, add: (expected, actual, { group }) => judge.add(expected, actual, { group }) };
    }
    case 'reconstruction':
      return reconstructionJudge(task.input, task.labelled);
    case 'embedding':
      return embeddingJudge(task.labelled);
    case 'values':
      return task.targets ? targetJudge() : undefined;
  }
}
