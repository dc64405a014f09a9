// CAST: the same numbers in another type.
import { narrowHalf, widenHalf } from '../arithmetic/half-float.js';
import { forEveryType, movingCost } from '../arithmetic/moving.js';
import { dataTypes, type DataType } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { plain, unquantized } from '../operand-role.js';

/** Types as the schema's TensorType names them; files may leave them out, the tensors' own types decide. */
export interface CastAttributes {
  readonly inType: string;
  readonly outType: string;
}

export const cast = defineOperator<'CAST', CastAttributes>({
  kind: 'CAST',
  summary: 'The same numbers in another type; fractions are cut off',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: { inType: 'FLOAT32', outType: 'FLOAT32' },
  requires: [
    {
      sentence: 'the input is no 4-bit or quantized tensor',
      holds: ({ inputs: [input] }) => input!.dtype !== 'int4' && input!.quantization === undefined,
    },
  ],
  infer: ({ inputs: [input] }) => [{ shape: input!.shape, dtype: null }],
  kernels: { ...forEveryType(convert), float16: convert },
  quantization: { operands: [plain], outputs: [unquantized] },
  traits: { elementwise: true },
  cost: movingCost,
  tflite: {
    builtin: 'CAST',
    options: 'CastOptions',
    fields: { inType: 'in_data_type', outType: 'out_data_type' },
    version: ({ inputs: [input], outputs: [output] }) => {
      const has = (dtype: DataType): boolean => input!.dtype === dtype || output!.dtype === dtype;
      if (has('float16') || has('float64')) return 5;
      return has('uint16') ? 4 : has('int8') ? 3 : has('uint32') ? 2 : 1;
    },
  },
  tflm: { resolver: 'AddCast' },
});

/** As C converts where it says what the result is: towards zero, integers modulo the width; to bool: whether it is 0. */
function convert({ inputs: [input], outputs: [output] }: KernelContext<CastAttributes>): void {
  const { data, dtype } = output!;
  const isHalf = input!.dtype === 'float16';
  for (let i = 0; i < data.length; i++) {
    const stored = input!.data[i]!;
    if (typeof stored === 'bigint') data[i] = ofLong(stored, dtype);
    else data[i] = ofNumber(isHalf ? widenHalf(stored) : stored, dtype);
  }
}

/** A number has 53 bits: too few for the low ones of 64. */
function ofLong(value: bigint, to: DataType): number | bigint {
  if (to === 'int64' || to === 'uint64') return value;
  const isInteger = dataTypes[to].range !== undefined && to !== 'bool';
  return isInteger ? Number(BigInt.asIntN(32, value)) : ofNumber(Number(value), to);
}

function ofNumber(value: number, to: DataType): number | bigint {
  if (to === 'int64' || to === 'uint64') return BigInt(Math.trunc(value));
  if (to === 'bool') return Number(value !== 0);
  return to === 'float16' ? narrowHalf(value) : value;
}
