// Looks on while two models decide the same samples: which class is taken for which, and where they part.
import type { OutputTask } from '../accuracy/output-task.js';
import { classOf, isShared } from '../accuracy/class-judge.js';
import { readingOf, type SampleTruth } from '../accuracy/output-comparison.js';
import { readTruth } from '../accuracy/truth-reading.js';
import type { TensorData } from '@wherry/graph';
import type { Decision, DecisionEvidence, FlippedSample } from './evidence.js';

/** As many as people look at. */
const mostFlips = 24;
/** Beyond this many classes it is not kept which is taken for which. */
const mostClasses = 256;

export type Sample = SampleTruth & { readonly inputs: readonly TensorData[]; readonly id?: string };

/** Lives as long as one evaluation. */
export interface DecisionWitness {
  add(place: number, expected: ArrayLike<number>, actual: ArrayLike<number>, sample: Sample): void;
  result(): DecisionEvidence | undefined;
}

/** Of tasks in which a sample is one decision; what is counted is what the judge of the task counts. */
export function decisionWitness(task: OutputTask): DecisionWitness | undefined {
  if (task.kind === 'binary')
    return task.threshold === undefined
      ? undefined
      : witness(task, 2, (values) => decideAbove(values, task.threshold!));
  if (task.kind !== 'classes' || task.classes > mostClasses) return undefined;
  const { classes, independent } = task;
  return witness(task, classes, (values) => decideGreatest(values, classes, independent === true));
}

function decideAbove(values: ArrayLike<number>, threshold: number): Decision | undefined {
  return values.length === 1 && !Number.isNaN(values[0])
    ? { class: values[0]! > threshold ? 1 : 0, score: values[0]! }
    : undefined;
}

/** Nothing where a score is no number, or several share the greatest, which the judge takes for no decision either. */
function decideGreatest(values: ArrayLike<number>, classes: number, independent: boolean): Decision | undefined {
  if (values.length !== classes) return undefined;
  const best = classOf(values, 0, classes);
  return best === undefined || (independent && isShared(values, 0, classes, best))
    ? undefined
    : { class: best, score: values[best]! };
}

function witness(
  task: OutputTask & { readonly labelled: boolean },
  classes: number,
  decide: (values: ArrayLike<number>) => Decision | undefined,
): DecisionWitness {
  const [byLabel, byFloat] = [new Uint32Array(classes * classes), new Uint32Array(classes * classes)];
  const flips: FlippedSample[] = [];
  let [decided, labelled, flipped] = [0, 0, 0];
  return {
    add: (place, expected, actual, sample) => {
      const [float, quantized] = [decide(expected), decide(actual)];
      if (float === undefined || quantized === undefined) return;
      decided += 1;
      byFloat[float.class * classes + quantized.class]! += 1;
      const label = task.labelled ? readTruth(readingOf(task), sample, classes).label : undefined;
      if (label !== undefined && label >= 0 && label < classes) {
        labelled += 1;
        byLabel[label * classes + quantized.class]! += 1;
      }
      if (float.class === quantized.class) return;
      flipped += 1;
      if (flips.length < mostFlips)
        flips.push({ id: sample.id, place, label, float, quantized, inputs: sample.inputs });
    },
    result: () =>
      decided === 0
        ? undefined
        : { classes, byLabel: labelled > 0, counts: [...(labelled > 0 ? byLabel : byFloat)], flipped, flips },
  };
}
