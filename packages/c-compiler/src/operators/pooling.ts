// AVERAGE_POOL_2D and MAX_POOL_2D on int8 and int16.
import { dataTypes, poolGeometry, quantizedActivationBounds } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { input, output, settings, type KernelCall } from '../kernel-call.js';
import { integerForm, type OperatorContext } from '../operator-context.js';

/** Values of 16 bits whose sum, with half their number, has 32. */
const mostSummed = 65535;

type Pool = OperatorContext<'AVERAGE_POOL_2D' | 'MAX_POOL_2D'>;

export const averagePool = (context: Pool): readonly KernelCall[] | undefined => pool(context, 'average');
export const maxPool = (context: Pool): readonly KernelCall[] | undefined => pool(context, 'max');

function pool(context: Pool, which: 'average' | 'max'): readonly KernelCall[] | undefined {
  const form = integerForm(context, [0]);
  if (form === undefined) return undefined;
  const { attributes: a } = context.node;
  const { shape, dtype } = context.inputs[0]!;
  const [batches, inputH, inputW, channels] = shape as [number, number, number, number];
  const { outputH, outputW, top, left } = poolGeometry(shape, a);
  const [low, high] = quantizedActivationBounds(a.activation, dtype, context.outputs[0]!.quantization!);
  const { strideH, strideW, filterH, filterW } = a;
  // Sums of an average have 32 bits.
  if (which === 'average' && Math.min(filterH, inputH) * Math.min(filterW, inputW) > mostSummed) return undefined;
  return [
    {
      file: `${which}-pool-2d-${form}`,
      kernel: `wherry_${which}_pool_2d_${form}`,
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
