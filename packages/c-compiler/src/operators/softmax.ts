// SOFTMAX from int8 to int8.
import { elementCount, softmaxExponentials } from '@wherry/graph';
import { rowByRow } from '../access/orders.js';
import { array, input, integer, output, type KernelCall } from '../kernel-call.js';
import { areInt8, scaleOf, type OperatorContext } from '../operator-context.js';

export function softmax(context: OperatorContext<'SOFTMAX'>): readonly KernelCall[] | undefined {
  if (!areInt8(context, [0])) return undefined;
  const [source] = context.inputs;
  const depth = source!.shape.at(-1)!;
  const rows = elementCount(source!.shape) / depth;
  const table = softmaxExponentials(scaleOf(source!), context.node.attributes.beta);
  return [
    {
      file: 'softmax-s8',
      kernel: 'wherry_softmax_s8',
      arguments: [input(0), output(0), array('exponentials', 'int32_t', table), integer(rows), integer(depth)],
      access: rowByRow(rows, depth),
    },
  ];
}
