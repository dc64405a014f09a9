// QUANTIZE and DEQUANTIZE between float32 and int8; QUANTIZE from int8 to int8 is a table.
import { elementCount } from '@wherry/graph';
import { float, input, integer, output, type KernelCall } from '../kernel-call.js';
import { scaleOf, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { lookUp } from './look-up.js';

type Calls = readonly KernelCall[] | undefined;

export function quantize(context: OperatorContext<'QUANTIZE'>): Calls {
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  if (source.dtype !== 'float32' || result.dtype !== 'int8') return lookUp(context);
  return converted('quantize-f32-s8', 'wherry_quantize_f32_s8', result);
}

export function dequantize(context: OperatorContext<'DEQUANTIZE'>): Calls {
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  if (source.dtype !== 'int8' || result.dtype !== 'float32') return undefined;
  return converted('dequantize-s8-f32', 'wherry_dequantize_s8_f32', source);
}

/** `quantized`: the end that has the scale; one scale for all of it. */
function converted(file: string, kernel: string, quantized: OperatorContext['outputs'][number]): Calls {
  if (quantized.quantization!.scale.length !== 1) return undefined;
  const count = elementCount(quantized.shape);
  const numbers = [integer(count), float(scaleOf(quantized)), integer(zeroPointOf(quantized))];
  return [{ file, kernel, arguments: [input(0), output(0), ...numbers] }];
}
