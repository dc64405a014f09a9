// What is worth saying of a set of samples that went by, each with what to do about it.
import { counted, diagnose, type Diagnostic } from '@wherry/graph';
import { dataDiagnostics } from './diagnostics.js';
import type { InputSummary } from './input-statistics.js';
import type { MixedScales } from './mixed-scales.js';
import type { NearCopies } from './near-copies.js';
import { sampleList } from './sample-list.js';
import type { Noise } from './structure-watch.js';
import { takingMore, type TakenSamples } from './taking-more.js';

export interface SeenSamples extends TakenSamples {
  readonly inputs: readonly InputSummary[];
  /** Samples of one value. */
  readonly constant: { readonly count: number; readonly some: readonly string[] };
  readonly duplicates: { readonly count: number; readonly first: string };
  readonly nearCopies: NearCopies;
  /** Of each input. */
  readonly noise: readonly Noise[];
  readonly labels: readonly number[];
  /** Of each input. */
  readonly mixed: readonly (MixedScales | undefined)[];
  /** The first sample with a fraction where whole numbers belong. */
  readonly firstFraction: string | undefined;
}

const fewSamples = 32;
/** A share of near copies from which on the set is smaller than it looks. */
const manyCopies = 0.05;

export function lintWarnings(seen: SeenSamples): readonly Diagnostic[] {
  const rules = [few, constant, duplicates, nearCopies, noise, oneLabel, mixedScales, fractions];
  return rules.flatMap((rule) => rule(seen) ?? []);
}

type Warning = Diagnostic | readonly Diagnostic[] | undefined;

function few(seen: SeenSamples): Warning {
  const { samples, inputs } = seen;
  if (samples >= fewSamples) return undefined;
  const one = samples === 1;
  return diagnose(dataDiagnostics.DATA_FEW_SAMPLES, {
    what: `there ${one ? 'is' : 'are'} ${counted(samples, 'sample')}: scales cover only what ${one ? 'it shows' : 'they show'}, ${rangesOf(inputs)}, and what lies outside is cut off`,
    next: `${takingMore(seen) ?? 'give more'}: ${fewSamples} at least, better 100, that reach as far as what the device will see`,
  });
}

function rangesOf([first, ...more]: readonly InputSummary[]): string {
  if (first === undefined) return 'nothing';
  // Scales hold 0, which padding needs.
  const [least, greatest] = [Math.min(0, first.min), Math.max(0, first.max)].map((value) =>
    Number(value.toPrecision(4)),
  );
  return `inputs from ${least} to ${greatest}${more.length > 0 ? ` (${first.name})` : ''}`;
}

function constant({ constant: { count, some } }: SeenSamples): Warning {
  if (count === 0) return undefined;
  return diagnose(dataDiagnostics.DATA_CONSTANT_SAMPLES, {
    what: `${counted(count, 'sample holds', 'samples hold')} one value only`,
    where: some.map((id) => `sample ${id}`).join(', '),
    next: 'look at them; check type and layout if they are declared',
  });
}

function duplicates({ duplicates: { count, first } }: SeenSamples): Warning {
  if (count === 0) return undefined;
  return diagnose(dataDiagnostics.DATA_DUPLICATE_SAMPLES, {
    what: `${counted(count, 'sample repeats', 'samples repeat')} an earlier one`,
    where: `sample ${first}`,
    next: 'remove the copies',
  });
}

function nearCopies({ nearCopies: { of, count, first } }: SeenSamples): Warning {
  if (first === undefined || count < manyCopies * of) return undefined;
  return diagnose(dataDiagnostics.DATA_NEAR_DUPLICATES, {
    what: `${count} of ${of} samples repeat an earlier one but for a little noise: the set says as much as ${of - count} samples do`,
    where: `sample ${first[0]}, which is nearly sample ${first[1]}`,
    next: 'keep one of each; give samples of other moments, places and people instead',
  });
}

function noise({ noise: inputs }: SeenSamples): Warning {
  const found = inputs.find(({ count }) => count > 0);
  if (found === undefined) return undefined;
  const { of, count, first } = found;
  const all = count === of;
  return diagnose(dataDiagnostics.DATA_NOISE, {
    what: all
      ? `nothing tells one place, one neighbour or one sample from another in the ${of} samples that were looked at: they look like random numbers`
      : `${counted(count, 'sample looks', 'samples look')} like random numbers among others whose neighbouring values go together`,
    ...(first !== undefined && { where: `sample ${first}` }),
    next: all
      ? 'give samples that were recorded: scales chosen by random numbers fit no others; where these were recorded, check type and shape if they are declared'
      : 'look at them, and leave them out if they are no recordings of the task',
  });
}

function oneLabel(seen: SeenSamples): Warning {
  const { samples, labels } = seen;
  if (labels.length !== 1 || samples < 2) return undefined;
  const moreTaken = takingMore(seen);
  return diagnose(dataDiagnostics.DATA_ONE_LABEL, {
    what: `all labels of ${samples} samples are ${labels[0]}`,
    next: `give samples of all classes${moreTaken === undefined ? '' : `; where they are in the data, ${moreTaken}`}`,
  });
}

function mixedScales({ mixed, inputs }: SeenSamples): readonly Diagnostic[] {
  return mixed.flatMap((found, i) => (found === undefined ? [] : [mixedScale(found, inputs, i)]));
}

function mixedScale(
  { quiet, quietest, loud, loudest, factor, odd }: MixedScales,
  inputs: readonly InputSummary[],
  position: number,
): Diagnostic {
  const times = `about ${Number(factor.toPrecision(3))}`;
  const reach = counted(loud, 'sample reaches', 'samples reach');
  const [act, counter] = quiet < loud ? ['multiply', 'divide'] : ['divide', 'multiply'];
  return diagnose(dataDiagnostics.DATA_MIXED_SCALES, {
    what: `${reach} ${loudest.toPrecision(3)} or more and ${quiet} stay within ${quietest.toPrecision(3)}, none lies between: ${times} times as far`,
    where: `${sampleList(odd)}${inputs.length > 1 ? `, input ${inputs[position]!.name}` : ''}`,
    next: `bring all samples to one scale, that of training: ${act} the values of ${odd.length === 1 ? 'this one' : `these ${odd.length}`} by ${times}, or ${counter} those of all others, where they are stored, as declared preprocessing acts on all alike`,
  });
}

function fractions({ firstFraction }: SeenSamples): Warning {
  if (firstFraction === undefined) return undefined;
  return diagnose(dataDiagnostics.DATA_FRACTIONAL, {
    what: 'an input of whole numbers is given fractions',
    where: `sample ${firstFraction}`,
    next: 'leave out scale, mean and std',
  });
}
