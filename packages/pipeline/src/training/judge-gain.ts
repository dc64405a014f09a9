// Whether a trained model is better than the one before: by what the report prints of each output, and beyond chance.
import { blockOf, convinces, gainOf } from '@wherry/quantizer';
import type { LossName } from '@wherry/trainer/training-settings';
import { classOf, isShared } from '../accuracy/class-judge.js';
import { OutputComparator, type OutputComparison, type SampleTruth } from '../accuracy/output-comparison.js';
import type { OutputTask } from '../accuracy/output-task.js';
import type { Difference, Verdict } from '../statistics/interval.js';

/** Of one sample and output, in real values. */
export interface JudgedOutputs {
  readonly float: ArrayLike<number>;
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

/**
 * Lives as long as one comparison of two models at one output. Both are held against each other sample by sample three times: by
 * the truth, by the decisions of the float model, and by the distance from its values.
 */
export class GainJudge {
  readonly #task: OutputTask;
  readonly #byTruth: OutputComparator;
  readonly #byDecisions: OutputComparator;
  /** Squared distances from the float model, by sample. */
  readonly #distances = { power: [] as number[], before: [] as number[], after: [] as number[] };

  constructor(task: OutputTask) {
    this.#task = task;
    this.#byTruth = new OutputComparator('', task);
    this.#byDecisions = new OutputComparator('', decisionsOf(task));
  }

  add({ float, before, after }: JudgedOutputs, truth: SampleTruth): void {
    const { group } = truth;
    this.#byTruth.add(before, after, truth);
    this.#byDecisions.add(before, after, { ...floatDecisions(this.#task, float), group });
    this.#distances.power.push(squareOf(float, (value) => value));
    this.#distances.before.push(squareOf(float, (value, i) => value - before[i]!));
    this.#distances.after.push(squareOf(float, (value, i) => value - after[i]!));
  }

  /**
   * A model that was trained by labels is judged by them first, another by what it was to follow, and not taken where the truth
   * says that it lost. The first figure that differs beyond chance decides.
   */
  verdict(loss: LossName): Verdict {
    const [truth, decisions] = [this.#byTruth, this.#byDecisions].map(({ result }) => firstBeyondChance(result));
    const values = this.#nearer();
    if (truth === 'loss') return 'loss';
    const order = loss === 'distillation' ? [decisions, values] : [truth, decisions, values];
    return order.find((each) => each !== 'within chance') ?? 'within chance';
  }

  /** As candidates of a quantization are compared: of few samples a loud one says less than what it does to the others. */
  #nearer(): Verdict {
    const { power, before, after } = this.#distances;
    const mean = power.reduce((sum, own) => sum + own, 0) / power.length;
    const [without, trained] = [before, after].map((squares) => {
      const errors = squares.map((square) => square / Math.max(mean, nothing));
      return { reported: errors, judged: errors, blocks: errors.map((_, i) => blockOf(i, errors.length)) };
    });
    if (convinces(gainOf(without!, trained!), demand)) return 'gain';
    return convinces(gainOf(trained!, without!), demand) ? 'loss' : 'within chance';
  }
}

/** Two standard errors, and nothing besides. */
const demand = { margin: 0, certainty: 2 };

/** Mean square below which there is no signal to speak of. */
const nothing = 1e-30;

function squareOf(values: ArrayLike<number>, of: (value: number, i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!, i) ** 2;
  return sum;
}

function firstBeyondChance({ top1, threshold, targets, reconstruction, embedding }: OutputComparison): Verdict {
  const differences: readonly (Difference | undefined)[] = [
    top1?.chance?.difference,
    threshold?.chance?.difference,
    threshold?.aucChance?.difference,
    targets?.chance?.rmse,
    targets?.chance?.mae,
    reconstruction?.aucChance?.difference,
    reconstruction?.chance?.difference,
    embedding?.aucChance?.difference,
  ];
  return differences.find((each) => each !== undefined && each.verdict !== 'within chance')?.verdict ?? 'within chance';
}

/** The same decisions, to be held against those of the float model. */
function decisionsOf(task: OutputTask): OutputTask {
  if (task.kind === 'classes')
    return { kind: 'classes', classes: task.classes, labelled: true, ...(task.independent && { independent: true }) };
  if (task.kind === 'binary' || task.kind === 'multi-label')
    return task.threshold === undefined
      ? { kind: 'values', targets: false }
      : { kind: 'multi-label', threshold: task.threshold, labelled: true };
  return { kind: 'values', targets: false };
}

/** Where scores share the first place, or one is no number, the float model decides nothing. */
function floatDecisions(task: OutputTask, float: ArrayLike<number>): SampleTruth {
  if (task.kind === 'classes') {
    const { classes, independent = false } = task;
    const rows = Int32Array.from({ length: float.length / classes }, (_, row) => {
      const best = classOf(float, row * classes, classes);
      const isOpen = independent && isShared(float, row * classes, classes, best);
      return best === undefined || isOpen ? -1 : best;
    });
    return rows.length === 1 ? { label: rows[0]! } : { rows };
  }
  if ((task.kind === 'binary' || task.kind === 'multi-label') && task.threshold !== undefined) {
    const { threshold } = task;
    return { target: Float32Array.from(float, (value) => (value > threshold ? 1 : 0)) };
  }
  return {};
}

/** Of all outputs: none may have lost, and one has to have gained. */
export function isGain(verdicts: readonly Verdict[]): boolean {
  return !verdicts.includes('loss') && verdicts.includes('gain');
}
