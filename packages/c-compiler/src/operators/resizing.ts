// RESIZE_NEAREST_NEIGHBOR of any type, and RESIZE_BILINEAR on int8.
import { bilinearNeighbours, dataTypes } from '@wherry/graph';
import { array, input, output, settings, type KernelCall, type RecordsArgument } from '../kernel-call.js';
import { areInt8, type OperatorContext } from '../operator-context.js';
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

export function resizeBilinear(context: OperatorContext<'RESIZE_BILINEAR'>): readonly KernelCall[] | undefined {
  if (!areInt8(context, [0])) return undefined;
  const { batches, inputH, inputW, outputH, outputW, channels } = sizesOf(context);
  const { attributes } = context.node;
  const along = (name: string, size: number, target: number): RecordsArgument => ({
    is: 'records',
    name,
    type: 'wherry_neighbours',
    records: bilinearNeighbours(size, target, attributes).map(({ low, high, highWeight }) => ({
      low,
      high,
      weight: highWeight,
    })),
  });
  return [
    {
      file: 'resize-bilinear-s8',
      kernel: 'wherry_resize_bilinear_s8',
      arguments: [
        input(0),
        output(0),
        along('rows', inputH, outputH),
        along('columns', inputW, outputW),
        settings('settings', 'wherry_bilinear', {
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
