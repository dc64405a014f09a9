// Operators of one int8 value: a table of all 256 answers, which the reference gives.
import { elementCount, evaluate, singleOperatorGraph, type OpKind } from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { array, input, integer, output, type KernelCall } from '../kernel-call.js';
import { areInt8, type OperatorContext } from '../operator-context.js';

export function lookUp<K extends OpKind>(context: OperatorContext<K>): readonly KernelCall[] | undefined {
  if (!areInt8(context, [0])) return undefined;
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  const every = Int8Array.from({ length: 256 }, (_, i) => i - 128);
  const graph = singleOperatorGraph(
    context.node.kind,
    [{ shape: [256], dtype: 'int8', quantization: source.quantization }],
    context.node.attributes,
    result.quantization,
    'int8',
  );
  const [table] = evaluate(graph, [every]) as [Int8Array];
  const count = elementCount(result.shape);
  return [
    {
      file: 'look-up-s8',
      kernel: 'wherry_look_up_s8',
      arguments: [input(0), output(0), array('table', 'int8_t', table), integer(count)],
      access: elementwise(count, [0], { read: 1, written: 1 }),
    },
  ];
}
