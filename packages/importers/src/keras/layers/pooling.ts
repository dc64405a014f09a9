// Pooling layers, over windows and over everything.
import type { TensorId } from '@wherry/graph';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape, unsupportedOption } from '../refuse.js';
import { booleanSetting, sizesSetting, stringSetting } from '../settings.js';
import { asImage, fromImage } from './image-of-height-one.js';

type Rank = 1 | 2;
type Pool = 'MAX_POOL_2D' | 'AVERAGE_POOL_2D';

function checkRank(call: LayerCall, rank: Rank): TensorId {
  const input = call.inputs[0]!;
  const actual = call.graph.shape(input).length;
  if (actual !== rank + 2)
    badShape(
      `it takes ${rank + 2} dimensions, its input has ${actual}`,
      call.graph.origin,
      'add a Reshape layer in front of it',
    );
  return input;
}

/** Averages leave padding out of the count in Keras as in TFLite. */
function pooling(pool: Pool, rank: Rank): LayerDefinition {
  return {
    build: (call) => {
      const { graph, settings } = call;
      const input = checkRank(call, rank);
      const size = sizesSetting(settings, 'pool_size', rank, 1, new Array<number>(rank).fill(2));
      const stride = sizesSetting(settings, 'strides', rank, 1, size);
      const padding = stringSetting(settings, 'padding', 'valid');
      if (padding !== 'same' && padding !== 'valid') {
        unsupportedOption(
          `the padding ${padding} cannot be imported`,
          settings.layer,
          'use padding="same" or padding="valid"',
        );
      }
      const [filterH, filterW] = rank === 1 ? [1, size[0]!] : [size[0]!, size[1]!];
      const [strideH, strideW] = rank === 1 ? [1, stride[0]!] : [stride[0]!, stride[1]!];
      const image = rank === 1 ? asImage(graph, input) : input;
      const attributes = {
        padding: padding === 'same' ? 'SAME' : 'VALID',
        filterH,
        filterW,
        strideH,
        strideW,
      } as const;
      const pooled = graph.add(pool, [image], attributes);
      return rank === 1 ? fromImage(graph, pooled) : pooled;
    },
  };
}

function globalAverage(rank: Rank): LayerDefinition {
  return {
    build: (call) => {
      const axes = rank === 1 ? [1] : [1, 2];
      const keepDims = booleanSetting(call.settings, 'keepdims', false);
      return call.graph.add('MEAN', [checkRank(call, rank), call.graph.indices('axes', axes)], { keepDims });
    },
  };
}

/** A window as large as the image. */
function globalMaximum(rank: Rank): LayerDefinition {
  return {
    build: (call) => {
      const { graph } = call;
      const input = checkRank(call, rank);
      const image = rank === 1 ? asImage(graph, input) : input;
      const [batch, filterH, filterW, channels] = graph.shape(image) as [number, number, number, number];
      const pooled = graph.add('MAX_POOL_2D', [image], { padding: 'VALID', filterH, filterW, strideH: 1, strideW: 1 });
      const kept = booleanSetting(call.settings, 'keepdims', false) ? new Array<number>(rank).fill(1) : [];
      return graph.reshape(pooled, [batch, ...kept, channels]);
    },
  };
}

export const poolingLayers: LayerTable = {
  MaxPooling1D: pooling('MAX_POOL_2D', 1),
  MaxPooling2D: pooling('MAX_POOL_2D', 2),
  AveragePooling1D: pooling('AVERAGE_POOL_2D', 1),
  AveragePooling2D: pooling('AVERAGE_POOL_2D', 2),
  GlobalAveragePooling1D: globalAverage(1),
  GlobalAveragePooling2D: globalAverage(2),
  GlobalMaxPooling1D: globalMaximum(1),
  GlobalMaxPooling2D: globalMaximum(2),
};
