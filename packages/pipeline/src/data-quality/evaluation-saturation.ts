// Whether samples that chose no scale are cut off where those that did were not, in words.
import type { InputSummary } from '@wherry/calibration-data';
import { diagnose, elementCount, tensorAt, type Diagnostic, type Graph } from '@wherry/graph';
import type { Saturation, SaturationPair } from '../accuracy/saturation-trial.js';
import { dataQualityDiagnostics } from '../data-quality-diagnostics.js';
import { layerName } from './layer-name.js';

export interface EvaluationSaturation {
  readonly verdict: 'as in calibration' | 'more';
  /** Samples of either kind that were looked at, at most. */
  readonly samples: number;
  /** The layers with the greatest share on evaluation samples, the worst first. */
  readonly worst: readonly SaturatedLayer[];
}

/** Shares of the values that stand at an end of the scale. */
export interface SaturatedLayer {
  readonly layer: string;
  /** Of the model: counted on all samples, and what lies well beyond the scale. */
  readonly isInput: boolean;
  readonly evaluation: number;
  readonly calibration: number;
}

/** Real sets were measured up to 0.004. */
const greatestShare = 0.02;
const manyTimes = 4;
const shown = 3;

/** `evaluated`: what was seen of the inputs of all samples. `calibrated`: samples that the scales were chosen by. */
export function evaluationSaturation(
  { samples, tensors }: Saturation,
  evaluated: readonly InputSummary[],
  graph: Graph,
  calibrated: number,
): EvaluationSaturation {
  const isMore = ({ id, share, calibration }: SaturationPair): boolean => {
    // Of samples of one kind one of calibrated + 1 is the greatest, and one the least: few values tell little else.
    const byChance = 2 / (calibrated + 1) / elementCount(tensorAt(graph, id).shape);
    return share >= greatestShare + manyTimes * byChance && share >= manyTimes * calibration;
  };
  const layers = tensors.map((pair) => ({
    layer: layerName(graph, pair.id),
    isInput: false,
    evaluation: pair.share,
    calibration: pair.calibration,
    isMore: isMore(pair),
  }));
  // The scale of an input holds all that calibration had. What is told of it elsewhere is the same count.
  const inputs = evaluated.flatMap(({ name, outside = 0 }) =>
    outside === 0
      ? []
      : [
          {
            layer: `input ${name}`,
            isInput: true,
            evaluation: outside,
            calibration: 0,
            isMore: outside > greatestShare,
          },
        ],
  );
  const all = [...inputs, ...layers].sort((a, b) => Number(b.isMore) - Number(a.isMore) || excess(b) - excess(a));
  return {
    verdict: all.some((each) => each.isMore) ? 'more' : 'as in calibration',
    samples,
    worst: all.slice(0, shown).map(({ isMore: _, ...layer }) => layer),
  };
}

function excess({ evaluation, calibration }: SaturatedLayer): number {
  return evaluation - calibration;
}

/** An input that is cut off itself has a warning of its own, and is the cause of the rest. */
export function saturationWarnings({ verdict, worst }: EvaluationSaturation, name: string): readonly Diagnostic[] {
  const [first] = worst;
  if (verdict !== 'more' || first === undefined) return [];
  return [
    diagnose(dataQualityDiagnostics.EVALUATION_SATURATES, {
      what: `on evaluation samples ${percent(first.evaluation)} of the values of this layer stand at an end of its scale, where calibration samples had ${percent(first.calibration)}: they are cut off`,
      where: first.layer,
      next: `calibrate with samples as strong as those of ${name} as well; where these are of another kind than the device will meet, evaluate by others`,
    }),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.001 ? 2 : 1)} %`;
}
