// The noise that each cause makes alone, and that is less without it: one run of all steps for each question.
import {
  constantCauses,
  constantParts,
  plainRounding,
  type Cause,
  type ConstantCause,
  type ConstantPart,
} from './causes.js';
import type { RealStep } from './real-form.js';
import type { ActivationMode, Switches } from './step-runner.js';

/** A run that is asked for. `plain`: with nothing but rounding to nearest, and ranges that the samples take. */
export type Question = 'all' | 'plain' | `only ${Switched}` | `without ${Switched}`;
/** `measured ranges`: quantized activations, each with the range that the samples take. */
type Switched = ConstantCause | Shifted | 'planned ranges' | 'measured ranges' | 'activations';
/** Together with what biases are shifted by. */
type Shifted = 'weight rounding and shift' | 'bias and shift';

export interface Contribution {
  readonly alone: number;
  readonly removed: number;
}

/** What every step has switched on, by the question. */
export function questionsOf(steps: readonly RealStep[]): ReadonlyMap<Question, Switches> {
  const present = constantParts.filter((part) =>
    steps.some(({ constants }) => constants.some(({ parts }) => parts.has(part))),
  );
  const every = new Set(present);
  const found = new Map<Question, Switches>([
    ['all', { constants: every, activations: 'planned' }],
    ['plain', { constants: new Set([plainRounding]), activations: 'measured' }],
  ]);
  for (const [switched, parts] of switchedParts(present)) {
    found.set(`only ${switched}`, { constants: new Set(parts), activations: 'real' });
    const rest = present.filter((other) => !parts.includes(other));
    found.set(`without ${switched}`, { constants: new Set(rest), activations: 'planned' });
  }
  if (steps.every(({ formats }) => formats.size === 0)) return found;
  const only = (activations: ActivationMode): Switches => ({ constants: new Set(), activations });
  found.set('only planned ranges', only('planned'));
  found.set('only measured ranges', only('measured'));
  found.set('without planned ranges', { constants: every, activations: 'measured' });
  found.set('without activations', { constants: every, activations: 'real' });
  return found;
}

/** Where biases are shifted, it is asked both ways whose that is. */
function switchedParts(present: readonly ConstantPart[]): readonly (readonly [Switched, readonly ConstantPart[]])[] {
  const plain = constantCauses.filter((cause) => present.includes(cause)).map((cause) => [cause, [cause]] as const);
  if (!present.includes('bias shift')) return plain;
  return [
    ...plain.filter(([cause]) => cause !== 'weight rounding' && cause !== 'bias'),
    ['bias', ['bias']],
    ['weight rounding', ['weight rounding']],
    ['weight rounding and shift', ['weight rounding', 'bias shift']],
    ['bias and shift', ['bias', 'bias shift']],
  ];
}

/** `noise`: of every question, as a share of the signal. */
export function contributionsOf(noise: ReadonlyMap<Question, number>): ReadonlyMap<Cause, Contribution> {
  const of = (question: Question): number => noise.get(question) ?? 0;
  const found = new Map<Cause, Contribution>();
  const shiftedWith = shiftBelongsTo(noise);
  for (const cause of constantCauses) {
    const switched: Switched = cause === shiftedWith ? (`${cause} and shift` as Shifted) : cause;
    if (noise.has(`only ${switched}`))
      found.set(cause, { alone: of(`only ${switched}`), removed: of('all') - of(`without ${switched}`) });
  }
  if (!noise.has('only planned ranges')) return found;
  found.set('activation range', {
    alone: of('only planned ranges') - of('only measured ranges'),
    removed: of('all') - of('without planned ranges'),
  });
  found.set('activation rounding', {
    alone: of('only measured ranges'),
    removed: of('without planned ranges') - of('without activations'),
  });
  return found;
}

/** What takes out an error of the weights belongs to them: then both together are less than the weights alone. */
function shiftBelongsTo(noise: ReadonlyMap<Question, number>): 'weight rounding' | 'bias' | undefined {
  const both = noise.get('only weight rounding and shift');
  if (both === undefined) return undefined;
  return both < (noise.get('only weight rounding') ?? 0) ? 'weight rounding' : 'bias';
}

/** Of one layer, with everything else exact. */
export function questionsOfLayer(steps: readonly RealStep[]): ReadonlyMap<Question, Switches> {
  return new Map(
    [...questionsOf(steps)].filter(([question]) => question !== 'plain' && !question.startsWith('without')),
  );
}

export function layerContributions(noise: ReadonlyMap<Question, number>): ReadonlyMap<Cause, number> {
  return new Map([...contributionsOf(noise)].map(([cause, { alone }]) => [cause, alone]));
}
