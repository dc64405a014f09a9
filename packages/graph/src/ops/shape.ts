// SHAPE: the dimensions of a tensor as a tensor.
import { defineOperator } from '../op-definition.js';
import { plain, unquantized } from '../operand-role.js';

export interface ShapeAttributes {
  /** Type of the result, as the schema's TensorType names it. */
  readonly outType: 'INT32' | 'INT64';
}

export const shape = defineOperator<'SHAPE', ShapeAttributes>({
  kind: 'SHAPE',
  summary: 'The dimensions of a tensor as an integer vector',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: { outType: 'INT32' },
  requires: [
    {
      sentence: 'the result is int32 or int64',
      holds: ({ attributes: { outType } }) => outType === 'INT32' || outType === 'INT64',
    },
  ],
  infer: ({ inputs: [input], attributes }) => [
    { shape: [input!.shape.length], dtype: attributes.outType === 'INT64' ? 'int64' : 'int32' },
  ],
  kernels: {
    integer: ({ inputs: [input], outputs: [output] }) => {
      input!.shape.forEach((size, d) => (output!.data[d] = output!.dtype === 'int64' ? BigInt(size) : size));
    },
  },
  quantization: { operands: [plain], outputs: [unquantized] },
  traits: {},
  cost: ({ outputs: [output] }) => ({ macs: 0, elementOps: output!.shape[0]!, bytes: 4 * output!.shape[0]! }),
  tflite: { builtin: 'SHAPE', options: 'ShapeOptions', fields: { outType: 'out_type' }, version: () => 1 },
  tflm: { resolver: 'AddShape' },
});
