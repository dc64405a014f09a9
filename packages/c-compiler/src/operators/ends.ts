// QUANTIZE and DEQUANTIZE: between float32 and integers, from halves, and from integers of one scale to those of another.
import { dataTypes, elementCount, type DataType } from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { float, input, integer, output, type KernelCall } from '../kernel-call.js';
import { scaleOf, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { lookUp } from './look-up.js';
import { rescaled } from './rescaling.js';

type Calls = readonly KernelCall[] | undefined;

/** What the names of kernels call a type that float32 is quantized to, and integers are rescaled from and to. */
const ofFloat: { readonly [K in DataType]?: string } = { int8: 's8', int16: 's16', uint8: 'u8' };
const ofIntegers: { readonly [K in DataType]?: string } = { ...ofFloat, int32: 's32' };

export function quantize(context: OperatorContext<'QUANTIZE'>): Calls {
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  if (source.dtype === 'float32') {
    const to = ofFloat[result.dtype];
    return to === undefined ? undefined : converted(context, `quantize-f32-${to}`, result);
  }
  if (source.dtype === 'int8' && result.dtype === 'int8') return lookUp(context);
  const [from, to] = [ofIntegers[source.dtype], ofIntegers[result.dtype]];
  if (from === undefined || to === undefined) return undefined;
  return rescaled(context, from === to ? `rescale-${from}` : `rescale-${from}-${to}`);
}

export function dequantize(context: OperatorContext<'DEQUANTIZE'>): Calls {
  const { dtype, shape } = context.inputs[0]!;
  if (dtype === 'float16') return [widened(elementCount(shape))];
  const from = ofFloat[dtype];
  return from === undefined ? undefined : converted(context, `dequantize-${from}-f32`, context.inputs[0]!);
}

/** Halves, which have no scale. */
function widened(count: number): KernelCall {
  return {
    file: 'dequantize-f16-f32',
    kernel: 'wherry_dequantize_f16_f32',
    arguments: [input(0), output(0), integer(count)],
    access: elementwise(count, [0], { read: 2, written: 4 }),
  };
}

/** `quantized`: the end that has the scale; one scale for all of it. */
function converted(context: OperatorContext, name: string, quantized: OperatorContext['outputs'][number]): Calls {
  if (quantized.quantization!.scale.length !== 1) return undefined;
  const count = elementCount(quantized.shape);
  const numbers = [integer(count), float(scaleOf(quantized)), integer(zeroPointOf(quantized))];
  return [
    {
      file: name,
      kernel: `wherry_${name.replaceAll('-', '_')}`,
      arguments: [input(0), output(0), ...numbers],
      access: elementwise(count, [0], {
        read: dataTypes[context.inputs[0]!.dtype].bytes,
        written: dataTypes[context.outputs[0]!.dtype].bytes,
      }),
    },
  ];
}
