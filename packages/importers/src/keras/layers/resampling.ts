// Layers that enlarge images and sequences by whole factors.
import type { TensorId } from '@wherry/graph';
import type { LayerCall, LayerTable } from '../layer-definition.js';
import { badShape, unsupportedOption } from '../refuse.js';
import { sizesSetting, stringSetting } from '../settings.js';
import { asImage, fromImage } from './image-of-height-one.js';

const resizers = { nearest: 'RESIZE_NEAREST_NEIGHBOR', bilinear: 'RESIZE_BILINEAR' } as const;

function inputOf({ graph, inputs }: LayerCall, rank: number): TensorId {
  const actual = graph.shape(inputs[0]!).length;
  if (actual !== rank)
    badShape(
      `it takes ${rank} dimensions, its input has ${actual}`,
      graph.origin,
      'add a Reshape layer in front of it',
    );
  return inputs[0]!;
}

/** Pixels are centred at their halves, as in tf.image.resize: so copies of a pixel are as many as the factor, without rounding. */
function resize(
  { graph }: LayerCall,
  image: TensorId,
  kind: (typeof resizers)['nearest' | 'bilinear'],
  [factorH, factorW]: readonly [number, number],
): TensorId {
  const [, height, width] = graph.shape(image) as [number, number, number, number];
  return graph.add(kind, [image, graph.indices('size', [height * factorH, width * factorW])], {
    halfPixelCenters: true,
  });
}

function upSample2d(call: LayerCall): TensorId {
  const interpolation = stringSetting(call.settings, 'interpolation', 'nearest');
  if (interpolation !== 'nearest' && interpolation !== 'bilinear') {
    unsupportedOption(
      `the interpolation ${interpolation} cannot be imported`,
      call.settings.layer,
      'use interpolation="nearest" or "bilinear"',
    );
  }
  const [factorH, factorW] = sizesSetting(call.settings, 'size', 2, 1, [2, 2]) as [number, number];
  return resize(call, inputOf(call, 4), resizers[interpolation], [factorH, factorW]);
}

function upSample1d(call: LayerCall): TensorId {
  const [factor] = sizesSetting(call.settings, 'size', 1, 1, [2]) as [number];
  return fromImage(call.graph, resize(call, asImage(call.graph, inputOf(call, 3)), resizers.nearest, [1, factor]));
}

export const resamplingLayers: LayerTable = {
  UpSampling1D: { build: upSample1d },
  UpSampling2D: { build: upSample2d },
};
