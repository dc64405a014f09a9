// The figures of one output of two models on the same samples, by what it is asked for, with what chance makes of them.
import { counted } from '@wherry/graph';
import { areaDifferenceText, areaText, errorDifferenceText, pointsText, shareText } from './chance-text.js';
import { short } from './numbers.js';
import type { Decisions } from '../accuracy/decision-tally.js';
import type { OutputComparison } from '../accuracy/output-comparison.js';
import type { ThresholdDecisions } from '../accuracy/threshold-judge.js';
import type { Difference } from '../statistics/interval.js';

type Output = Omit<OutputComparison, 'sqnrDb' | 'confusion'>;

type Areas = Pick<ThresholdDecisions, 'floatAuc' | 'quantizedAuc' | 'aucChance'>;

/** What the two are called. */
export interface Names {
  readonly float: string;
  readonly quantized: string;
}

export function figureLines(output: Output, names: Names): string[] {
  return [
    ...top1Lines(output, names),
    ...thresholdLines(output, names),
    ...targetLines(output, names),
    ...reconstructionLines(output, names),
    ...embeddingLines(output, names),
  ];
}

function top1Lines({ top1, topK }: Output, names: Names): string[] {
  if (top1 === undefined) return [];
  return [
    agreement('same top-1 class', top1),
    ...(top1.tied === undefined
      ? []
      : [`no decision in ${top1.tied} more: several classes have the same greatest score`]),
    ...rightLines('top-1', top1, names),
    ...(topK === undefined || topK.decisions === 0
      ? []
      : [
          agreement(`top-1 class of ${names.float} among the top ${topK.k} of ${names.quantized}`, topK),
          ...rightLines(`top-${topK.k}`, topK, names),
        ]),
    ...alikeLines(top1.chance?.neighboursAlike === true ? top1.chance : topK?.chance),
  ];
}

function thresholdLines({ threshold }: Output, names: Names): string[] {
  if (threshold === undefined) return [];
  const { at, decisions } = threshold;
  return [
    ...(decisions === 0 ? [] : [agreement(`same decision at ${at}`, threshold)]),
    ...rightLines(`accuracy at ${at}`, threshold, names),
    ...areaLines('AUC', threshold, names).map((line, i) =>
      i === 0 && at === null ? `${line}; the threshold of this output is not known` : line,
    ),
    ...alikeLines(threshold.chance),
  ];
}

/** `what` of the scores of both. */
export function areaLines(
  what: string,
  { floatAuc, quantizedAuc, aucChance }: Areas,
  { float, quantized }: Names,
): string[] {
  if (floatAuc === undefined || quantizedAuc === undefined) return [];
  return [
    `${what} ${float} ${areaText(floatAuc, aucChance?.float)}, ${quantized} ${areaText(quantizedAuc, aucChance?.quantized)}`,
    ...(aucChance?.difference === undefined ? [] : [`  ${areaDifferenceText(aucChance.difference)}`]),
  ];
}

function agreement(what: string, { decisions, agree, chance }: Decisions): string {
  const share = decisions === 0 ? '' : `: ${shareText(agree, decisions, chance?.agree)}`;
  return `${what} in ${agree} of ${decisions}${share}`;
}

function rightLines(what: string, { labelled, floatRight, quantizedRight, chance }: Decisions, names: Names): string[] {
  if (labelled === 0) return [];
  const right = (name: keyof Names, count: number, side: 'floatRight' | 'quantizedRight'): string =>
    `${names[name]} ${shareText(count, labelled, chance?.[side])}`;
  return [
    `${what} ${right('float', floatRight, 'floatRight')}, ${right('quantized', quantizedRight, 'quantizedRight')} of ${labelled} labelled`,
    ...(chance?.difference === undefined ? [] : [`  ${pointsText(chance.difference)}`]),
  ];
}

/** What makes intervals wider than people would compute them. */
export function alikeLines(judged: { readonly neighboursAlike?: true } | undefined): string[] {
  return judged?.neighboursAlike === true
    ? ['neighbours in the data are decided alike: intervals count them for fewer samples']
    : [];
}

function targetLines({ targets }: Output, { float, quantized }: Names): string[] {
  if (targets === undefined) return [];
  const { values, floatMae, quantizedMae, floatRmse, quantizedRmse, floatR2, quantizedR2, chance } = targets;
  return [
    `against ${values} targets: mean absolute error ${float} ${short(floatMae)}, ${quantized} ${short(quantizedMae)}`,
    ...behind(chance?.mae),
    `RMSE ${float} ${short(floatRmse)}, ${quantized} ${short(quantizedRmse)}`,
    ...behind(chance?.rmse),
    ...(floatR2 === null || quantizedR2 === null
      ? []
      : [`R2 ${float} ${floatR2.toFixed(4)}, ${quantized} ${quantizedR2.toFixed(4)}`]),
  ];
}

function behind(difference: Difference | undefined): string[] {
  return difference === undefined ? [] : [`  ${errorDifferenceText(difference)}`];
}

function reconstructionLines({ reconstruction, recordings }: Output, names: Names): string[] {
  if (reconstruction === undefined) return [];
  const { floatMse, quantizedMse, chance, ranked } = reconstruction;
  return [
    `mean squared distance from the input ${names.float} ${short(floatMse)}, ${names.quantized} ${short(quantizedMse)}`,
    ...behind(chance?.difference),
    ...areaLines(`AUC of that distance, by ${counted(ranked ?? 0, rankedWord(recordings))},`, reconstruction, names),
  ];
}

/** What is one anomaly or none. */
export function rankedWord(recordings: number | undefined): string {
  return recordings === undefined ? 'sample' : 'recording';
}

function embeddingLines({ embedding, samples }: Output, names: Names): string[] {
  if (embedding === undefined) return [];
  const { meanCosine, leastCosine, neighbours, compared, pairs } = embedding;
  const among = compared < samples ? ` among the first ${compared}` : '';
  return [
    `cosine to ${names.float} by sample: mean ${meanCosine.toFixed(5)}, least ${leastCosine.toFixed(5)}`,
    ...(neighbours.decisions === 0 ? [] : [agreement(`same nearest neighbour${among}`, neighbours)]),
    ...rightLines('recall at 1', neighbours, names),
    ...areaLines(`AUC of cosines over ${counted(pairs ?? 0, 'pair')},`, embedding, names),
  ];
}
