// Least and greatest integer of each channel of a tensor, channels being the last dimension.
import { dataTypes, integerRange, type Tensor, type TensorData } from '@wherry/graph';

/** Both ends belong to it. One entry per channel; a tensor without dimensions has one. */
export interface ChannelBounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export function channelsOf({ shape }: Pick<Tensor, 'shape'>): number {
  return shape.at(-1) ?? 1;
}

/** Whether the tensor holds integers that stand for real numbers: the ones that bounds are kept of. */
export function isBounded({ dtype, quantization }: Tensor): boolean {
  return quantization !== undefined && dataTypes[dtype].range !== undefined;
}

/** What the type can hold: true of any tensor of integers. Undefined for the others. */
export function fullRange(tensor: Tensor): ChannelBounds | undefined {
  if (!isBounded(tensor)) return undefined;
  const [least, greatest] = integerRange(tensor.dtype);
  const channels = channelsOf(tensor);
  return { low: new Float64Array(channels).fill(least), high: new Float64Array(channels).fill(greatest) };
}

/** The least of `low` and the greatest of `high`, channel by channel. */
export function boundsOfData(low: TensorData, high: TensorData, channels: number): ChannelBounds {
  const bounds = { low: new Float64Array(channels).fill(Infinity), high: new Float64Array(channels).fill(-Infinity) };
  for (let from = 0; from < low.length; from += channels) {
    for (let c = 0; c < channels; c++) {
      const [least, greatest] = [low[from + c] as number, high[from + c] as number];
      if (least < bounds.low[c]!) bounds.low[c] = least;
      if (greatest > bounds.high[c]!) bounds.high[c] = greatest;
    }
  }
  return bounds;
}

/** What holds where either does. */
export function union(first: ChannelBounds, second: ChannelBounds): ChannelBounds {
  return {
    low: first.low.map((value, c) => Math.min(value, second.low[c]!)),
    high: first.high.map((value, c) => Math.max(value, second.high[c]!)),
  };
}

/** Over all channels. */
export function hullOf({ low, high }: ChannelBounds): readonly [number, number] {
  return [Math.min(...low), Math.max(...high)];
}

/** The integer that the channel is for every input and at every place, where there is one. */
export function constantOf(bounds: ChannelBounds | undefined, channel: number): number | undefined {
  return bounds !== undefined && bounds.low[channel] === bounds.high[channel] ? bounds.low[channel] : undefined;
}
