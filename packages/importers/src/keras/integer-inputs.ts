// Inputs of whole numbers, such as the bytes of a camera: taken as real numbers where the model makes them real itself.
import type { TensorId } from '@wherry/graph';
import { trainingOnlyLayers } from './layers/training-only.js';
import { unsupportedOption } from './refuse.js';
import type { Settings } from './settings.js';

/** Layers that cast whatever they are given to floats before they compute. */
const CASTING = new Set(['Rescaling', 'Normalization']);

const MOVING = new Set([
  ...Object.keys(trainingOnlyLayers),
  'Cropping1D',
  'Cropping2D',
  'Flatten',
  'Permute',
  'Reshape',
  'ZeroPadding1D',
  'ZeroPadding2D',
]);

/**
 * Follows the whole numbers from layer to layer. Throws KERAS_OPTION_UNSUPPORTED where a layer would compute with them as
 * integers, which is another arithmetic.
 */
export function keepIntegers(
  { integers }: { readonly integers: Map<TensorId, string> },
  { layer, className }: Settings,
  inputs: readonly TensorId[],
  output: TensorId,
): void {
  const type = inputs.map((id) => integers.get(id)).find((found) => found !== undefined);
  if (type === undefined || CASTING.has(className)) return;
  if (!MOVING.has(className)) {
    unsupportedOption(
      `it is given ${type} by an input of the model`,
      layer,
      'let the input take float32, or put a Rescaling layer behind it',
    );
  }
  integers.set(output, type);
}
