// What is known of the samples, among the causes: ranges that were made from other samples are no fault of the ranges.
import type { Attribution, CauseShare } from './attribution.js';

export interface DataEvidence {
  /** Samples are prepared otherwise than those that ranges were made from. */
  readonly otherSamples?: string | undefined;
  /** The float model itself does not do what the labels say. */
  readonly floatWrong?: string | undefined;
  /** Decisions are lost, or a limit of the profile is broken. */
  readonly isLoss?: boolean;
}

export function blameData(
  attribution: Attribution,
  { otherSamples, floatWrong, isLoss = false }: DataEvidence,
): Attribution {
  const causes = attribution.causes.map((each): CauseShare =>
    otherSamples !== undefined && each.cause === 'activation range' && each.share! > 0
      ? { ...each, cause: 'data', evidence: otherSamples }
      : each,
  );
  const healthy = attribution.healthy && !isLoss && otherSamples === undefined && floatWrong === undefined;
  if (floatWrong === undefined) return { ...attribution, healthy, causes };
  const wrong = { cause: 'data', share: null, alone: null, removed: null, evidence: floatWrong, layers: [] } as const;
  return { ...attribution, healthy, causes: [wrong, ...causes] };
}
