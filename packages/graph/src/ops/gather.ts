// GATHER: slices of a tensor in the order that a tensor of positions lists.
import { forEveryType, movingCost, positiveAxis } from '../arithmetic/moving.js';
import { WherryError } from '../diagnostics/diagnostic.js';
import { graphDiagnostics } from '../diagnostics/graph-diagnostics.js';
import { defineOperator, type KernelContext, type OperatorContext } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { elementCount } from '../shape.js';

export interface GatherAttributes {
  readonly axis: number;
  /** Leading dimensions that input and positions share and that are gone through in step. */
  readonly batchDims: number;
}

export const gather = defineOperator<'GATHER', GatherAttributes>({
  kind: 'GATHER',
  summary: 'Slices of a tensor along one dimension, in the order that an int32 tensor of positions lists',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { axis: 0, batchDims: 0 },
  requires: [
    {
      sentence: 'the positions are int32 or int64',
      holds: ({ inputs: [, at] }) => at!.dtype === 'int32' || at!.dtype === 'int64',
    },
    {
      sentence: 'the axis names a dimension of the input behind the batch dimensions, which input and positions share',
      holds: (context) => {
        const { axis, batch } = placesOf(context);
        const [input, positions] = context.inputs;
        const shared = input!.shape.slice(0, batch).every((size, d) => size === positions!.shape[d]);
        return batch >= 0 && batch <= axis && axis < input!.shape.length && shared;
      },
    },
  ],
  infer: (context) => {
    const { axis, batch } = placesOf(context);
    const [input, positions] = context.inputs;
    return [
      {
        shape: [...input!.shape.slice(0, axis), ...positions!.shape.slice(batch), ...input!.shape.slice(axis + 1)],
        dtype: input!.dtype,
      },
    ];
  },
  kernels: forEveryType(pick),
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'GATHER',
    options: 'GatherOptions',
    fields: { axis: 'axis', batchDims: 'batch_dims' },
    version: ({ inputs: [input], attributes: { batchDims } }) =>
      batchDims !== 0
        ? 5
        : (({ int16: 4, bool: 3, int8: 2 } as { readonly [dtype: string]: number })[input!.dtype] ?? 1),
  },
  tflm: { resolver: 'AddGather' },
});

function placesOf({ inputs: [input, positions], attributes }: OperatorContext<GatherAttributes>): {
  axis: number;
  batch: number;
} {
  return {
    axis: positiveAxis(attributes.axis, input!.shape.length),
    batch: positiveAxis(attributes.batchDims, positions!.shape.length),
  };
}

/** Throws GRAPH_FEED where a position lies outside, which the runtimes would read foreign memory for. */
function pick(context: KernelContext<GatherAttributes>): void {
  const {
    inputs: [input, positions],
    outputs: [output],
  } = context;
  const { axis, batch } = placesOf(context);
  const size = input!.shape[axis]!;
  const [batches, outer, inner] = [
    input!.shape.slice(0, batch),
    input!.shape.slice(batch, axis),
    input!.shape.slice(axis + 1),
  ].map(elementCount) as [number, number, number];
  const count = elementCount(positions!.shape.slice(batch));
  for (let row = 0, to = 0; row < batches * outer; row++) {
    for (let k = 0; k < count; k++) {
      const position = Number(positions!.data[Math.floor(row / outer) * count + k]);
      if (!(position >= 0 && position < size)) refusePosition(position, size);
      const from = (row * size + position) * inner;
      for (let i = 0; i < inner; i++) output!.data[to++] = input!.data[from + i]!;
    }
  }
}

function refusePosition(position: number, size: number): never {
  throw new WherryError(graphDiagnostics.GRAPH_FEED, {
    what: `GATHER is asked for position ${position} of a dimension of ${size}`,
    next: `give positions from 0 to ${size - 1}`,
  });
}
