// CAST: the same numbers in another type.
import { forEveryType, movingCost } from '../arithmetic/moving.js';
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
      sentence: 'the input is no half, 4-bit or quantized tensor',
      holds: ({ inputs: [input] }) =>
        input!.dtype !== 'float16' && input!.dtype !== 'int4' && input!.quantization === undefined,
    },
  ],
  infer: ({ inputs: [input] }) => [{ shape: input!.shape, dtype: null }],
  kernels: forEveryType(convert),
  quantization: { operands: [plain], outputs: [unquantized] },
  traits: { elementwise: true },
  cost: movingCost,
  tflite: {
    builtin: 'CAST',
    options: 'CastOptions',
    fields: { inType: 'in_data_type', outType: 'out_data_type' },
    version: ({ inputs: [input], outputs: [output] }) => (input!.dtype === 'int8' || output!.dtype === 'int8' ? 3 : 1),
  },
  tflm: { resolver: 'AddCast' },
});

/** As C converts where it says what the result is: towards zero, integers modulo the width; to bool: whether it is 0. */
function convert({ inputs: [input], outputs: [output] }: KernelContext<CastAttributes>): void {
  const { data, dtype } = output!;
  for (let i = 0; i < data.length; i++) {
    const value = Number(input!.data[i]);
    data[i] =
      dtype === 'int64' || dtype === 'uint64'
        ? BigInt(Math.trunc(value))
        : dtype === 'bool'
          ? Number(value !== 0)
          : value;
  }
}
