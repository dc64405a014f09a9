// Where the float model is often wrong: whether it is right once the inputs are scaled or ordered in another usual way.
import type { InputSummary, Preprocessing } from '@wherry/calibration-data';
import { tensorAt, type Engine, type Graph } from '@wherry/graph';
import type { LabelledSample } from './measure-accuracy.js';
import { OutputComparator, type OutputComparison } from './output-comparison.js';
import type { OutputTask } from './output-task.js';
import { trialAdvice, type NeededChange } from './trial-advice.js';

/** Another preparation of the inputs that the float model is far better with. */
export interface InputTrial {
  readonly output: string;
  /** Goes after "with". */
  readonly how: string;
  /** Share of right decisions or explained variance, as the samples are and with the change. */
  readonly before: number;
  readonly after: number;
  readonly isShare: boolean;
  /** Samples that both were measured on, which may be fewer than accuracy was. */
  readonly samples: number;
  readonly next: string;
  /** What the evaluation samples alone need, where those of calibration are so already. Goes after "with". */
  readonly evaluationNeeds?: string;
}

export interface InputTrialRequest {
  readonly float: Graph;
  readonly engine: Engine;
  readonly tasks: readonly OutputTask[];
  readonly accuracy: readonly OutputComparison[];
  readonly inputs: readonly InputSummary[];
  /** Of the samples that scales were chosen by, where those are others. */
  readonly calibrated?: readonly InputSummary[] | undefined;
  readonly preprocessing: Preprocessing;
  /** Samples that `samples` gives, where known. */
  readonly count: number | undefined;
  readonly samples: () => AsyncIterable<LabelledSample>;
}

interface Change extends NeededChange {
  readonly apply: (data: Float32Array) => Float32Array;
}

const most = 100;
/** On fewer samples nothing is tried. */
export const fewestTried = 16;
/** Models that are right more often are not asked about. */
const rightEnough = 0.75;
const explainedEnough = 0.5;
/** Another preparation is the right one only if it is better by so much and takes away most errors. */
const clearGain = 0.2;
const leastAfter = 0.8;
const errorsLeft = 0.5;

/** Undefined where the float model is right enough, or nothing usual makes it clearly better. */
export async function inputTrial(request: InputTrialRequest): Promise<InputTrial | undefined> {
  const { float, accuracy, inputs, engine } = request;
  const at = accuracy.findIndex((output) => isPoor(scoreOf(output)));
  const first = inputs[0];
  if (at < 0 || first === undefined || tensorAt(float, float.inputs[0]!).dtype !== 'float32') return undefined;
  const changes = changesFor(first, tensorAt(float, float.inputs[0]!).shape);
  if (changes.length === 0) return undefined;
  const asTheyAre: Change = { how: '', settings: undefined, apply: (data) => data };
  const executor = await engine.prepare(float);
  const all = [asTheyAre, ...changes];
  const comparators = all.map(() => new OutputComparator(accuracy[at]!.name, request.tasks[at]!));
  let taken = 0;
  try {
    const step = Math.max(1, Math.floor((request.count ?? most) / most));
    let index = 0;
    for await (const { inputs: given, ...truth } of request.samples()) {
      if (index++ % step !== 0) continue;
      for (const [i, { apply }] of all.entries()) {
        const outputs = await executor.run([apply(given[0] as Float32Array), ...given.slice(1)]);
        const output = outputs[at] as Float32Array;
        comparators[i]!.add(output, output, truth);
      }
      if (++taken === most) break;
    }
    if (taken < fewestTried) return undefined;
  } finally {
    executor.dispose();
  }
  const scores = comparators.map(({ result }) => scoreOf(result)?.value ?? 0);
  const best = scores.indexOf(Math.max(...scores));
  const [before, after] = [scores[0]!, scores[best]!];
  const { isShare } = scoreOf(accuracy[at]!)!;
  if (after < (isShare ? leastAfter : explainedEnough)) return undefined;
  if (after - before < clearGain || 1 - after > errorsLeft * (1 - Math.max(0, before))) return undefined;
  const { how } = all[best]!;
  const { next, isEvaluationAlone } = trialAdvice(all[best]!, request.preprocessing, first, request.calibrated?.[0]);
  return {
    output: accuracy[at]!.name,
    how,
    before,
    after,
    isShare,
    samples: taken,
    next,
    ...(isEvaluationAlone && { evaluationNeeds: how }),
  };
}

/** Of the first output with labels or targets: the float model does on these samples what it was trained for. */
export function isFloatRight(accuracy: readonly OutputComparison[]): boolean {
  const judged = accuracy.find((output) => scoreOf(output) !== undefined);
  return judged !== undefined && judged.samples >= fewestTried && !isPoor(scoreOf(judged));
}

export interface Score {
  readonly value: number;
  /** Of right decisions; else of explained variance. */
  readonly isShare: boolean;
}

export function scoreOf({ top1, threshold, targets }: OutputComparison): Score | undefined {
  const judged = top1 ?? threshold;
  if (judged !== undefined && judged.labelled > 0) return { value: judged.floatRight / judged.labelled, isShare: true };
  return targets === undefined || targets.floatR2 === null ? undefined : { value: targets.floatR2, isShare: false };
}

function isPoor(score: Score | undefined): boolean {
  return score !== undefined && score.value < (score.isShare ? rightEnough : explainedEnough);
}

/** By the values that were seen. */
function changesFor({ min, max }: InputSummary, shape: readonly number[]): Change[] {
  const linear = (how: string, factor: number, offset: number, settings: Preprocessing): Change => ({
    how,
    settings,
    linear: { factor, offset },
    apply: (data) => data.map((value) => value * factor + offset),
  });
  const changes: Change[] = [];
  if (min >= 0 && max > 2 && max <= 255.5)
    changes.push(
      linear('the values divided by 255', 1 / 255, 0, { divideBy: 255 }),
      linear('the values brought to -1 to 1', 1 / 127.5, -1, { mean: [127.5], std: [127.5] }),
    );
  else if (min >= 0 && max > 1 && max <= 2) changes.push(linear('1 taken from the values', 1, -1, { offset: -1 }));
  else if (min >= 0 && max > 0.02 && max <= 1)
    changes.push(
      linear('the values multiplied by 255', 255, 0, { scale: 255 }),
      linear('the values brought to -1 to 1', 2, -1, { mean: [0.5], std: [0.5] }),
    );
  else if (min >= 0 && max > 0 && max <= 0.02)
    changes.push(
      linear('the values multiplied by 255, as if they had been divided twice', 255, 0, { scale: 255 }),
      linear('the values multiplied by 255 twice', 65025, 0, { scale: 65025 }),
      linear('the values brought to -1 to 1', 510, -1, { scale: 510, offset: -1 }),
    );
  else if (min < 0 && min >= -1 && max <= 1)
    changes.push(
      linear('the values brought from -1..1 to 0..1', 0.5, 0.5, { scale: 0.5, offset: 0.5 }),
      linear('the values brought from -1..1 to 0..255', 127.5, 127.5, { scale: 127.5, offset: 127.5 }),
    );
  return [...changes, ...pictureChanges(shape)];
}

function pictureChanges(shape: readonly number[]): Change[] {
  const [height = 0, width = 0, channels = 0] = shape.slice(-3);
  if (shape.length !== 4) return [];
  const moved = (from: (y: number, x: number, c: number) => number) => (data: Float32Array) =>
    data.map((_, i) => {
      const pixel = Math.floor(i / channels);
      return data[from(Math.floor(pixel / width), pixel % width, i % channels)]!;
    });
  return [
    ...(channels === 3
      ? [
          {
            how: 'the channels in the order blue, green, red',
            settings: { channels: 'bgr' } as const,
            apply: moved((y, x, c) => (y * width + x) * 3 + 2 - c),
          },
        ]
      : []),
    ...(height === width && height > 1
      ? [
          {
            how: 'rows and columns exchanged',
            settings: undefined,
            next: 'transpose the pictures, as in x.transpose(0, 2, 1, 3)',
            apply: moved((y, x, c) => (x * width + y) * channels + c),
          },
        ]
      : []),
  ];
}
