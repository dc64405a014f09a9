// Of which width the accumulator of int16 activations is: the bias says it, and where there is none, an attribute.
import type { Operand } from '../op-definition.js';

/** Names of the schema's TensorType; FLOAT32 says nothing. */
export type QuantizedBiasType = 'FLOAT32' | 'INT32' | 'INT64';

export interface BiasTyped {
  /**
   * The type of the bias of int16 activations, given or not. LiteRT takes a bias for int64 unless this says INT32, and TFLite
   * Micro reads it only where there is no bias.
   */
  readonly quantizedBiasType: QuantizedBiasType;
}

export const biasTypeDefaults: BiasTyped = { quantizedBiasType: 'FLOAT32' };
export const biasTypeFields = { quantizedBiasType: 'quantized_bias_type' } as const;

/** Of `channels` zeros where there is none. */
export function wideBias(
  bias: Operand | undefined,
  channels: number,
  { quantizedBiasType }: BiasTyped,
): BigInt64Array | Int32Array {
  if (bias !== undefined) return bias.data as BigInt64Array | Int32Array;
  return quantizedBiasType === 'INT32' ? new Int32Array(channels) : new BigInt64Array(channels);
}
