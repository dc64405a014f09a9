// TOPK_V2, and GATHER from positions that are computed.
import { dataTypes, elementCount, positiveAxis, type DataType } from '@wherry/graph';
import { input, integer, output, settings, type KernelCall } from '../kernel-call.js';
import type { OperatorContext } from '../operator-context.js';

type Calls = readonly KernelCall[] | undefined;

/** What the names of kernels call the types that can be compared. */
const compared: { readonly [K in DataType]?: string } = {
  int8: 's8',
  int16: 's16',
  uint8: 'u8',
  int32: 's32',
  int64: 's64',
  float32: 'f32',
};

export function topK({ inputs, outputs }: OperatorContext<'TOPK_V2'>): Calls {
  const { dtype, shape } = inputs[0]!;
  const form = compared[dtype];
  if (form === undefined) return undefined;
  const [length, count] = [shape.at(-1)!, outputs[0]!.shape.at(-1)!];
  const sizes = [elementCount(shape.slice(0, -1)), length, count].map(integer);
  return [
    { file: `topk-${form}`, kernel: `wherry_topk_${form}`, arguments: [input(0), output(0), output(1), ...sizes] },
  ];
}

export function gatherComputed({ inputs, node }: OperatorContext<'GATHER'>): Calls {
  const [source, positions] = [inputs[0]!, inputs[1]!];
  const form = positions.dtype === 'int64' ? 's64' : 's32';
  const axis = positiveAxis(node.attributes.axis, source.shape.length);
  const batch = positiveAxis(node.attributes.batchDims, positions.shape.length);
  const size = source.shape[axis]!;
  // There is no position to be had.
  if (size === 0) return undefined;
  return [
    {
      file: `gather-${form}`,
      kernel: `wherry_gather_${form}`,
      arguments: [
        input(0),
        input(1),
        output(0),
        settings('settings', 'wherry_gathering', {
          batches: elementCount(source.shape.slice(0, batch)),
          rows: elementCount(source.shape.slice(batch, axis)),
          positions: elementCount(positions.shape.slice(batch)),
          size,
          run: dataTypes[source.dtype].bytes * elementCount(source.shape.slice(axis + 1)),
        }),
      ],
    },
  ];
}
