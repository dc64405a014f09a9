// AVERAGE_POOL_2D and MAX_POOL_2D on int8, int16 and float32.
import { dataTypes, poolGeometry, quantizedActivationBounds } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { input, integer, output, settings, type KernelCall } from '../kernel-call.js';
import { numberForm, type OperatorContext } from '../operator-context.js';
import { activationArgument } from './activation-f32.js';

/** Values of 16 bits whose sum, with half their number, has 32. */
const mostSummed = 65535;

type Pool = OperatorContext<'AVERAGE_POOL_2D' | 'MAX_POOL_2D'>;

export const averagePool = (context: Pool): readonly KernelCall[] | undefined => pool(context, 'average');
export const maxPool = (context: Pool): readonly KernelCall[] | undefined => pool(context, 'max');

function pool(context: Pool, which: 'average' | 'max'): readonly KernelCall[] | undefined {
  const form = numberForm(context, [0]);
  if (form === undefined) return undefined;
  const { attributes: a } = context.node;
  const { shape, dtype } = context.inputs[0]!;
  const [batches, inputH, inputW, channels] = shape as [number, number, number, number];
  const { outputH, outputW, top, left } = poolGeometry(shape, a);
  const isFloat = form === 'f32';
  const { quantization } = context.outputs[0]!;
  const [low, high] = isFloat ? [0, 0] : quantizedActivationBounds(a.activation, dtype, quantization!);
  const { strideH, strideW, filterH, filterW } = a;
  // Sums of an average have 32 bits.
  if (which === 'average' && !isFloat && Math.min(filterH, inputH) * Math.min(filterW, inputW) > mostSummed)
    return undefined;
  return [
    {
      file: isFloat ? 'pool-2d-f32' : `${which}-pool-2d-${form}`,
      kernel: isFloat ? 'wherry_pool_2d_f32' : `wherry_${which}_pool_2d_${form}`,
      arguments: [
        input(0),
        output(0),
        settings('settings', 'wherry_pool', {
          batches,
          input_h: inputH,
          input_w: inputW,
          channels,
          output_h: outputH,
          output_w: outputW,
          filter_h: filterH,
          filter_w: filterW,
          stride_h: strideH,
          stride_w: strideW,
          top,
          left,
          low,
          high,
        }),
        ...(isFloat ? [integer(Number(which === 'max')), activationArgument(a)] : []),
      ],
      access: pixelByPixel(
        {
          ...{ batches, inputH, inputW, outputH, outputW, strideH, strideW, top, left },
          reachH: filterH,
          reachW: filterW,
        },
        channels * dataTypes[dtype].bytes,
        channels * dataTypes[dtype].bytes,
      ),
    },
  ];
}
