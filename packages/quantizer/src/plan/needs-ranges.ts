// Whether a plan needs to know the ranges of activations, and so samples.
import type { BoundaryType } from './boundary-formats.js';
import type { PlanOptions } from './plan.js';
import { schemes } from './schemes/index.js';

/** Integers flow, or are handed in or out. */
export function needsRanges({
  scheme,
  nodes,
  inputType,
  outputType,
}: Pick<PlanOptions, 'scheme' | 'nodes' | 'inputType' | 'outputType'>): boolean {
  const isInteger = (type: BoundaryType): boolean => type !== 'own' && type !== 'float32';
  const mixed = [...(nodes?.values() ?? [])].some((each) => schemes[each].calibrated);
  return schemes[scheme].calibrated || mixed || isInteger(inputType) || isInteger(outputType);
}
