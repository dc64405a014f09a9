// What is said of values that are infinite or not a number: whose they are, and with which sample they begin.
import { counted, diagnose, type Diagnostic } from '@wherry/graph';
import { schemeDiagnostics } from '../scheme-diagnostics.js';
import type { OutputComparison } from './output-comparison.js';

type Found = Pick<OutputComparison, 'notFinite' | 'notFiniteIn'>;

/** How the two sides are called; `quantized` is undefined where one model is held against itself. */
export interface Sides {
  readonly float: string;
  readonly quantized: string | undefined;
}

/** Undefined where all are finite. */
export function notFiniteText({ notFinite, notFiniteIn }: Found, sides: Sides): string | undefined {
  if (notFinite === undefined) return undefined;
  const words = `${counted(notFinite, 'value')} infinite or not a number`;
  // Earlier reports have no more.
  if (notFiniteIn === undefined) return words;
  const { float, quantized, firstSample } = notFiniteIn;
  const of = [
    ...(float > 0 ? [`${float} in ${sides.float}`] : []),
    ...(quantized > 0 && sides.quantized !== undefined ? [`${quantized} in ${sides.quantized}`] : []),
  ];
  return `${words} (${of.join(', ')}; the first in sample ${firstSample})`;
}

/** Where the model that is held to be right gives such values as well, no scheme helps. */
export function notFiniteAdvice({ notFiniteIn }: Found): string {
  return notFiniteIn?.float === 0
    ? 'choose a scheme with a wider range of numbers, such as --scheme float32; in float16 nothing may exceed 65504'
    : `check sample ${notFiniteIn?.firstSample ?? 0} and its preprocessing, then the weights of the model`;
}

/** One for each output that has some. */
export function notFiniteWarnings(outputs: readonly OutputComparison[], sides: Sides): Diagnostic[] {
  return outputs.flatMap((output) => {
    const what = notFiniteText(output, sides);
    if (what === undefined) return [];
    const details = { what, where: `output ${output.name}`, next: notFiniteAdvice(output) };
    return [diagnose(schemeDiagnostics.VALUES_NOT_FINITE, details)];
  });
}
