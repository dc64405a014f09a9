// The operator that turns a tensor of one format into another.
import type { GraphBuilder, TensorId } from '@wherry/graph';
import type { TensorFormat } from '../plan/number-format.js';

/** `origin`: the layer, or the input, that the conversion is for. */
export function convert(
  builder: GraphBuilder,
  id: TensorId,
  written: TensorFormat,
  wanted: TensorFormat,
  origin: string,
): TensorId {
  const { quantization } = wanted;
  if (quantization === undefined) return builder.add('DEQUANTIZE', [id], {}, { origin: `${origin}/dequantize` });
  const step = written.quantization === undefined ? 'quantize' : 'requantize';
  return builder.add(
    'QUANTIZE',
    [id],
    {},
    { origin: `${origin}/${step}`, outputQuantization: quantization, outputDtype: wanted.dtype },
  );
}
