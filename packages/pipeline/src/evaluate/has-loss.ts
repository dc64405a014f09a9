// Whether any figure of an output is worse beyond chance.
import type { OutputComparison } from '../accuracy/output-comparison.js';

export function hasLoss({ top1, topK, threshold, targets, reconstruction, embedding }: OutputComparison): boolean {
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
