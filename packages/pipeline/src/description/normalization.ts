// The declared preprocessing as (value - mean) / std, which is all that a model's description can say of it.
import type { Preprocessing } from '@wherry/calibration-data';

export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * One number for all channels, or one for each. Undefined where nothing is declared, unless the values are pixels: those reach
 * the model as they are, which has to be said too; nor where samples are stored in another shape than the model's, so that their
 * channels are others.
 */
export function normalizationOf(
  { divideBy, scale, offset, mean, std }: Preprocessing,
  pixels: boolean,
  channels: number,
): Normalization | undefined {
  const isDeclared = [divideBy, scale, offset, mean, std].some((each) => each !== undefined);
  if (!isDeclared && !pixels) return undefined;
  const count = Math.max(mean?.length ?? 1, std?.length ?? 1);
  if (count !== 1 && count !== channels) return undefined;
  const factor = (scale ?? 1) / (divideBy ?? 1);
  const of = (values: readonly number[] | undefined, channel: number, otherwise: number): number =>
    values === undefined ? otherwise : values[values.length === 1 ? 0 : channel]!;
  const each = Array.from({ length: count }, (_, channel) => channel);
  return {
    mean: each.map((channel) => (of(mean, channel, 0) - (offset ?? 0)) / factor),
    std: each.map((channel) => of(std, channel, 1) / factor),
  };
}
