// Whether any figure of an output is worse beyond chance.
import type { OutputComparison } from '../accuracy/output-comparison.js';

/** Those of the figures that a labelled truth gives. */
export type JudgedFigures = Pick<
  OutputComparison,
  'top1' | 'topK' | 'threshold' | 'targets' | 'reconstruction' | 'embedding' | 'notFinite' | 'notFiniteIn'
>;

export function hasLoss(output: JudgedFigures): boolean {
  const { top1, topK, threshold, targets, reconstruction, embedding, notFinite = 0, notFiniteIn } = output;
  // No chance makes of a number what is none.
  if (notFinite > (notFiniteIn?.float ?? 0)) return true;
  return [
    top1?.chance?.difference,
    topK?.chance?.difference,
    threshold?.chance?.difference,
    threshold?.aucChance?.difference,
    targets?.chance?.mae,
    targets?.chance?.rmse,
    reconstruction?.chance?.difference,
    reconstruction?.aucChance?.difference,
    embedding?.neighbours.chance?.difference,
    embedding?.aucChance?.difference,
  ].some((difference) => difference?.verdict === 'loss');
}
