// Which input channels a layer with a filter can do without: those that add the same to its sums at every place.
import type { IntegerLayer } from '../integer-layer.js';
import { constantOf, type ChannelBounds } from '../bounds/channel-bounds.js';

/**
 * What channel `channel` adds to output `output`, whatever the input and wherever the filter stands. Undefined where that is not
 * one number: the channel changes, or a part of the filter lies in the padding, which stands for a real zero, at some places only.
 */
export function fixedShare(
  layer: IntegerLayer,
  bounds: ChannelBounds | undefined,
  channel: number,
  output: number,
): number | undefined {
  const sums = layer.patterns.map((places) =>
    places.reduce((sum, place) => sum + layer.weight(output, place, channel), 0),
  );
  const constant = constantOf(bounds, channel);
  if (constant === undefined) return weightsAreZero(layer, channel, output) ? 0 : undefined;
  const value = constant - layer.inputZeroPoint;
  if (value === 0) return 0;
  return sums.every((sum) => sum === sums[0]) ? sums[0]! * value : undefined;
}

function weightsAreZero({ places, weight }: IntegerLayer, channel: number, output: number): boolean {
  for (let place = 0; place < places; place++) if (weight(output, place, channel) !== 0) return false;
  return true;
}

/** The bias of an output with the shares of `removed` channels, each of which has one, in it. */
export function biasWith(
  layer: IntegerLayer,
  bounds: ChannelBounds | undefined,
  removed: readonly number[],
  output: number,
): number {
  return removed.reduce(
    (sum, channel) => sum + (fixedShare(layer, bounds, channel, output) ?? NaN),
    layer.biasOf(output),
  );
}

/** Whether no sum of the output leaves what kernels hold once `removed` channels are in its bias, in whatever order they add. */
export function sumsHold(
  layer: IntegerLayer,
  bounds: ChannelBounds | undefined,
  removed: readonly number[],
  output: number,
): boolean {
  const bias = Math.abs(biasWith(layer, bounds, removed, output));
  return bias + sizeOfRest(layer, bounds, new Set(removed), output) <= layer.limit;
}

/** The most that the channels that stay can add, whatever their signs. */
function sizeOfRest(
  layer: IntegerLayer,
  bounds: ChannelBounds | undefined,
  removed: ReadonlySet<number>,
  output: number,
): number {
  let size = 0;
  for (let channel = 0; channel < layer.inputs; channel++) {
    if (removed.has(channel)) continue;
    const furthest =
      bounds === undefined
        ? Infinity
        : Math.max(
            Math.abs(bounds.low[channel]! - layer.inputZeroPoint),
            Math.abs(bounds.high[channel]! - layer.inputZeroPoint),
          );
    for (let place = 0; place < layer.places; place++)
      size += Math.abs(layer.weight(output, place, channel)) * furthest;
  }
  return size;
}
