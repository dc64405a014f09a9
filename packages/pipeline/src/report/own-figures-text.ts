// The figures of one output of a model alone, by labels.
import { counted } from '@wherry/graph';
import type { OwnAccuracy } from '../accuracy/own-accuracy.js';
import { areaText, errorText, shareText } from './chance-text.js';
import { rankedWord } from './figures-text.js';

export function ownFigures(own: OwnAccuracy): string {
  const { top1, topK, threshold, targets, reconstruction, embedding, recordings } = own;
  if (top1 !== undefined) {
    const { right, labelled, chance, tied } = top1;
    return [
      `top-1 ${shareText(right, labelled, chance)}`,
      ...(topK === undefined ? [] : [`top-${topK.k} ${shareText(topK.right, labelled, topK.chance)}`]),
      `of ${labelled} labelled`,
    ]
      .join(', ')
      .replace(', of', ' of')
      .concat(tied === undefined ? '' : `; no decision in ${tied} more, whose greatest scores are equal`);
  }
  if (threshold !== undefined) {
    const { at, right, labelled, auc } = threshold;
    return [
      ...(labelled === 0
        ? []
        : [`accuracy at ${at} ${shareText(right, labelled, threshold.chance)} of ${labelled} labelled`]),
      ...(auc === undefined ? [] : [`AUC ${areaText(auc, threshold.aucChance)}`]),
      ...(at === null ? ['the threshold of this output is not known'] : []),
    ].join('; ');
  }
  if (reconstruction !== undefined) {
    const { mse, chance, ranked, auc, aucChance } = reconstruction;
    return [
      `mean squared distance from the input ${errorText(mse, chance)}`,
      ...(auc === undefined
        ? []
        : [`AUC of it ${areaText(auc, aucChance)} by ${counted(ranked ?? 0, rankedWord(recordings))}`]),
    ].join('; ');
  }
  if (embedding !== undefined) {
    const { right, labelled, chance, auc, aucChance, pairs } = embedding;
    return [
      `recall at 1 ${shareText(right, labelled, chance)} of ${labelled} labelled`,
      ...(auc === undefined ? [] : [`AUC of cosines over ${counted(pairs ?? 0, 'pair')} ${areaText(auc, aucChance)}`]),
    ].join('; ');
  }
  const { values, mae, rmse, r2, chance } = targets!;
  return `against ${values} targets: mean absolute error ${errorText(mae, chance?.mae)}, RMSE ${errorText(rmse, chance?.rmse)}${r2 === null ? '' : `, R2 ${r2.toFixed(4)}`}`;
}
