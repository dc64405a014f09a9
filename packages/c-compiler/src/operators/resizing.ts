// RESIZE_NEAREST_NEIGHBOR of any type, and RESIZE_BILINEAR on int8 and float32.
import { bilinearNeighbours, bilinearNeighboursFloat, dataTypes } from '@wherry/graph';
import { array, input, output, settings, type KernelCall, type RecordsArgument } from '../kernel-call.js';
import { numberForm, type OperatorContext } from '../operator-context.js';
import { othersAreConstant, placesOf } from './moving.js';

export function resizeNearest(context: OperatorContext<'RESIZE_NEAREST_NEIGHBOR'>): readonly KernelCall[] | undefined {
  if (!othersAreConstant(context, [0])) return undefined;
  const { batches, inputH, inputW, outputH, outputW, channels } = sizesOf(context);
  const [numbers] = placesOf(context, [0]);
  // Numbers of values from 1, of the first image and channel.
  const pixelAt = (y: number, x: number): number => (numbers![(y * outputW + x) * channels]! - 1) / channels;
  const rows = Int32Array.from({ length: outputH }, (_, y) => Math.floor(pixelAt(y, 0) / inputW));
  const columns = Int32Array.from({ length: outputW }, (_, x) => pixelAt(0, x) % inputW);
  return [
    {
      file: 'resize-nearest-neighbor',
      kernel: 'wherry_resize_nearest_neighbor',
      arguments: [
        input(0),
        output(0),
        array('rows', 'int32_t', rows),
        array('columns', 'int32_t', columns),
        settings('settings', 'wherry_resize', {
          batches,
          input_h: inputH,
          input_w: inputW,
          output_h: outputH,
          output_w: outputW,
          pixel: channels * dataTypes[context.inputs[0]!.dtype].bytes,
        }),
      ],
    },
  ];
}

const ofIntegers = { neighbours: bilinearNeighbours, suffix: '' };
const ofFloats = { neighbours: bilinearNeighboursFloat, suffix: '_f32' };

export function resizeBilinear(context: OperatorContext<'RESIZE_BILINEAR'>): readonly KernelCall[] | undefined {
  const form = numberForm(context, [0]);
  if (form !== 's8' && form !== 'f32') return undefined;
  const { neighbours, suffix } = form === 's8' ? ofIntegers : ofFloats;
  const { batches, inputH, inputW, outputH, outputW, channels } = sizesOf(context);
  const { attributes } = context.node;
  const along = (name: string, size: number, target: number): RecordsArgument => ({
    is: 'records',
    name,
    type: `wherry_neighbours${suffix}`,
    records: neighbours(size, target, attributes).map(({ low, high, highWeight }) => ({
      low,
      high,
      weight: highWeight,
    })),
  });
  return [
    {
      file: `resize-bilinear-${form}`,
      kernel: `wherry_resize_bilinear_${form}`,
      arguments: [
        input(0),
        output(0),
        along('rows', inputH, outputH),
        along('columns', inputW, outputW),
        settings('settings', `wherry_bilinear${suffix}`, {
          ...{ batches, input_h: inputH, input_w: inputW, output_h: outputH, output_w: outputW, channels },
        }),
      ],
    },
  ];
}

function sizesOf({ inputs, outputs }: OperatorContext): {
  readonly batches: number;
  readonly inputH: number;
  readonly inputW: number;
  readonly outputH: number;
  readonly outputW: number;
  readonly channels: number;
} {
  const [batches, inputH, inputW, channels] = inputs[0]!.shape as [number, number, number, number];
  const [, outputH, outputW] = outputs[0]!.shape as [number, number, number];
  return { batches, inputH, inputW, outputH, outputW, channels };
}
