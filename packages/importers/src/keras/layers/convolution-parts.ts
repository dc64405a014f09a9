// What convolutions of every kind have in common: 1-D settings as those of an image of height 1, bias, activation.
import type { TensorId } from '@wherry/graph';
import { applyActivation } from '../activation.js';
import type { LayerCall, LayerVariables } from '../layer-definition.js';
import { badShape } from '../refuse.js';
import { booleanSetting, sizesSetting, type Settings } from '../settings.js';
import { asImage, fromImage } from './image-of-height-one.js';

export type Rank = 1 | 2;

/** Along height and width. */
export type Pair = readonly [number, number];

/** A setting along each dimension; a sequence has the least of it along the height. */
export function pairSetting(
  settings: Settings,
  key: string,
  rank: Rank,
  least: number,
  fallback?: readonly number[],
): Pair {
  const sizes = sizesSetting(settings, key, rank, least, fallback);
  return rank === 1 ? [least, sizes[0]!] : [sizes[0]!, sizes[1]!];
}

/** The dimensions of a kernel as Keras stores it. */
export function spatial(kernel: Pair, rank: Rank): readonly number[] {
  return rank === 1 ? [kernel[1]] : kernel;
}

export function imageInput({ graph, inputs }: LayerCall, rank: Rank): TensorId {
  const input = inputs[0]!;
  if (graph.shape(input).length !== rank + 2) {
    badShape(
      `it takes ${rank + 2} dimensions, its input has ${graph.shape(input).length}`,
      graph.origin,
      'add a Reshape layer in front of it',
    );
  }
  return rank === 1 ? asImage(graph, input) : input;
}

/** None where the layer has none. */
export function biasOf(call: LayerCall, channels: number): TensorId[] {
  if (!booleanSetting(call.settings, 'use_bias', true)) return [];
  return [call.graph.parameter('bias', [channels], () => call.weight('bias', [channels]))];
}

/** The activation and, for the 1-D forms, the way back from the image. */
export function finish(call: LayerCall, image: TensorId, rank: Rank): TensorId {
  return applyActivation(call, rank === 1 ? fromImage(call.graph, image) : image);
}

export function withBias(names: readonly string[]): (settings: Settings) => LayerVariables {
  return (settings) => ({ trainable: booleanSetting(settings, 'use_bias', true) ? [...names, 'bias'] : names });
}
