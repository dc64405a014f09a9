// ADD and SUB of two int8 tensors of one shape on the kernels.
import { elementCount, int8Addition, sameShape, tensorAt, type Graph, type Node, type Tensor } from '@wherry/graph';
import { blockChannels } from './layout.js';
import type { MemoryPlan } from './memory-plan.js';
import { packScaling } from './pack-scaling.js';
import { Buffer8, type Bind } from './step.js';

export function prepareAddition(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'ADD' && node.kind !== 'SUB') return undefined;
  const operands = [...node.inputs, ...node.outputs].map((id) => tensorAt(graph, id!)) as [Tensor, Tensor, Tensor];
  const [first, second, output] = operands;
  if (first.dtype !== 'int8' || !sameShape(first.shape, second.shape)) return undefined;
  const { terms, scale, zeroPoint, bounds } = int8Addition(
    operands,
    node.attributes.activation,
    node.kind === 'ADD' ? 1 : -1,
    'double',
  );
  const scaling = packScaling({
    scales: new Array(blockChannels).fill(scale),
    bias: new Int32Array(blockChannels),
    zeroPoint,
    bounds,
    greatestSum: greatestSum(terms),
  });
  if (scaling === undefined) return undefined;
  const buffers = operands.map(({ shape }) => new Buffer8(plan, shape)) as [Buffer8, Buffer8, Buffer8];
  const [firstTermsAt, secondTermsAt, scalingAt] = [plan.place(terms[0]), plan.place(terms[1]), plan.place(scaling)];
  const count = elementCount(output.shape);
  return (kernels) => {
    const [a, b, result] = buffers.map((buffer) => buffer.view(kernels)) as [Int8Array, Int8Array, Int8Array];
    return (values) => {
      a.set(values[node.inputs[0]!] as Int8Array);
      b.set(values[node.inputs[1]!] as Int8Array);
      kernels.call.add(buffers[0].at, buffers[1].at, firstTermsAt, secondTermsAt, count, scalingAt, buffers[2].at);
      values[node.outputs[0]!] = result;
    };
  };
}

function greatestSum(terms: readonly [Int32Array, Int32Array]): number {
  const [first, second] = terms.map((ofOne) => ofOne.reduce((most, term) => Math.max(most, Math.abs(term)), 0)) as [
    number,
    number,
  ];
  return first + second;
}
