// BATCH_MATMUL on int8, int16 and float32.
import { broadcastStrides, elementCount, quantizeMultiplier, reducedMultiplier, type Tensor } from '@wherry/graph';
import { input, output, settings, type Argument, type KernelCall, type SettingsValues } from '../kernel-call.js';
import { numberForm, scaleOf, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { inLevels, merged, nestValues } from './nest.js';

export function batchMatmul(context: OperatorContext<'BATCH_MATMUL'>): readonly KernelCall[] | undefined {
  const form = numberForm(context, [0, 1]);
  if (form === undefined) return undefined;
  const [a, b, o] = [context.inputs[0]!, context.inputs[1]!, context.outputs[0]!];
  const { adjX, adjY } = context.node.attributes;
  const [first, second] = [matrixOf(a, adjX), matrixOf(b, adjY)];
  const pairs = o.shape.slice(0, -2);
  const [aSteps, bSteps] = [a, b].map(({ shape }) => {
    const size = elementCount(shape.slice(-2));
    return broadcastStrides(shape.slice(0, -2), pairs).map((stride) => stride * size);
  }) as [number[], number[]];
  // The last of the five counts 1: the kernel does that one itself.
  const levels = inLevels(merged(pairs.map((count, d) => ({ count, steps: [aSteps[d]!, bSteps[d]!] }))), 4);
  if (levels === undefined) return undefined;
  const of = {
    rows: first.rows,
    columns: second.columns,
    depth: first.columns,
    first_down: first.down,
    first_across: first.across,
    second_down: second.down,
    second_across: second.across,
  };
  const values = form === 'f32' ? settings('settings', 'wherry_matrices', of) : scaledMatrices([a, b, o], of);
  if (values === undefined) return undefined;
  return [
    {
      file: `batch-matmul-${form}`,
      kernel: `wherry_batch_matmul_${form}`,
      arguments: [
        input(0),
        input(1),
        output(0),
        settings('nest', 'wherry_nest', nestValues([...levels, { count: 1, steps: [0, 0] }])),
        values,
      ],
    },
  ];
}

/** With the scale of sums; undefined where int16 is to be scaled up by more than its kernel can. */
function scaledMatrices([a, b, o]: readonly [Tensor, Tensor, Tensor], of: SettingsValues): Argument | undefined {
  const scale = quantizeMultiplier((scaleOf(a) * scaleOf(b)) / scaleOf(o));
  const isWide = a.dtype === 'int16';
  if (isWide && scale.shift > 14) return undefined;
  return settings('settings', 'wherry_batch_matmul', {
    of,
    first_zero_point: zeroPointOf(a),
    second_zero_point: zeroPointOf(b),
    multiplier: isWide ? reducedMultiplier(scale) : scale.multiplier,
    shift: scale.shift,
    zero_point: zeroPointOf(o),
  });
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Elements from one row, and one column, to the next. */
  readonly down: number;
  readonly across: number;
}

function matrixOf({ shape }: Tensor, adjoint: boolean): Matrix {
  const [rows, columns] = shape.slice(-2) as [number, number];
  if (adjoint) return { rows: columns, columns: rows, down: 1, across: columns };
  return { rows, columns, down: columns, across: 1 };
}
