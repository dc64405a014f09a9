// Which class was taken for which, and the samples that the two models decide otherwise.
import type { DecisionMatrix, Flip, Flips, OutputAccuracy } from '@wherry/report-page';
import type { DecisionEvidence, Decision, FlippedSample } from '../evidence/evidence.js';
import { short } from '../report/numbers.js';
import type { KnownReport } from '../report/report.js';
import { pictureOf, type InputReach } from './sample-picture.js';
import type { Shown } from './shown.js';

export function decisionsOf(
  { evaluation }: KnownReport,
  { evidence, classNames }: Shown,
  output: number,
): Pick<OutputAccuracy, 'decisions' | 'flips'> {
  const seen = evidence?.decisions[output];
  if (seen === undefined) return {};
  const given = output === 0 ? classNames : undefined;
  const names = namesOf(seen, given?.length === seen.classes ? given : undefined);
  const inputs = (evaluation?.lint.inputs ?? []).map((reach, i) => ({ ...reach, shape: evidence!.inputShapes[i]! }));
  return { decisions: matrixOf(seen, names), flips: flipsOf(seen, names, inputs) };
}

function namesOf({ classes }: DecisionEvidence, given: readonly string[] | undefined): readonly string[] {
  if (given !== undefined) return given;
  return classes === 2 ? ['0', '1'] : Array.from({ length: classes }, (_, i) => String(i));
}

function matrixOf({ byLabel, counts, classes }: DecisionEvidence, names: readonly string[]): DecisionMatrix {
  return {
    caption: byLabel ? 'Confusion matrix of the model as it is deployed' : 'Decisions of the two models',
    rowsAre: byLabel ? 'what the label says' : 'what the float model decides',
    columnsAre: 'what the deployed model decides',
    names,
    counts: names.map((_, row) => counts.slice(row * classes, (row + 1) * classes)),
  };
}

function flipsOf({ flipped, flips }: DecisionEvidence, names: readonly string[], inputs: readonly InputReach[]): Flips {
  const decided = ({ class: found, score }: Decision): string => `${names[found]!} (${short(score)})`;
  const flipOf = ({ id, place, label, float, quantized, inputs: values }: FlippedSample): Flip => ({
    id,
    number: place + 1,
    label: label === undefined ? undefined : (names[label] ?? String(label)),
    float: decided(float),
    quantized: decided(quantized),
    input: pictureOf(values, inputs),
  });
  return { total: flipped, samples: flips.map(flipOf) };
}
