// CAST between any two types, and SHAPE, which is known ahead.
import { dataTypes, elementCount, type DataType } from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { array, input, integer, output, type KernelCall } from '../kernel-call.js';
import type { OperatorContext } from '../operator-context.js';

/** Numbers of types in the `wherry_type` of the kernel. */
const numbers: { readonly [K in DataType]?: number } = {
  bool: 0,
  uint8: 1,
  int8: 2,
  int16: 3,
  int32: 4,
  int64: 5,
  float16: 6,
  float32: 7,
};

export function cast({ inputs, outputs }: OperatorContext<'CAST'>): readonly KernelCall[] | undefined {
  const [source, result] = [inputs[0]!, outputs[0]!];
  const [from, to] = [numbers[source.dtype], numbers[result.dtype]];
  if (from === undefined || to === undefined) return undefined;
  const count = elementCount(result.shape);
  return [
    {
      file: 'cast',
      kernel: 'wherry_cast',
      arguments: [input(0), output(0), integer(count), integer(from), integer(to)],
      access: elementwise(count, [0], { read: dataTypes[source.dtype].bytes, written: dataTypes[result.dtype].bytes }),
    },
  ];
}

export function shapeOf({ inputs, outputs }: OperatorContext<'SHAPE'>): readonly KernelCall[] {
  const { shape } = inputs[0]!;
  const sizes = outputs[0]!.dtype === 'int64' ? BigInt64Array.from(shape, BigInt) : Int32Array.from(shape);
  // A number has no dimensions: nothing is to be written, and C has no array of nothing.
  const bytes = shape.length === 0 ? new Int8Array(1) : new Int8Array(sizes.buffer);
  return [
    {
      file: 'fill',
      kernel: 'wherry_fill',
      arguments: [
        output(0),
        array('value', 'int8_t', bytes),
        integer(bytes.length),
        integer(Math.min(1, shape.length)),
      ],
    },
  ];
}
