// BATCH_MATMUL: products of matrices that both flow, one for each place of the leading dimensions.
import { clamp } from '../arithmetic/activation.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { versionByType } from '../arithmetic/unary.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { multiplyByReducedMultiplier, reducedMultiplier } from '../arithmetic/wide-fixed-point.js';
import { defineOperator, type KernelContext, type OperandSpec, type OperatorContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';
import { broadcastShape, broadcastStrides, elementCount } from '../shape.js';

export interface BatchMatmulAttributes {
  /** The matrices of the first, or the second, input stand transposed. */
  readonly adjX: boolean;
  readonly adjY: boolean;
}

export const batchMatmul = defineOperator<'BATCH_MATMUL', BatchMatmulAttributes>({
  kind: 'BATCH_MATMUL',
  summary: 'Matrix products [...,M,K] by [...,K,N], with the leading dimensions broadcast to each other',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { adjX: false, adjY: false },
  requires: [
    {
      sentence: 'both inputs have 2 to 5 dimensions',
      holds: ({ inputs }) => inputs.every((one) => one!.shape.length >= 2 && one!.shape.length <= 5),
    },
    {
      sentence: 'both inputs have the same type',
      holds: ({ inputs: [first, second] }) => first!.dtype === second!.dtype,
    },
    symmetricInt16,
    {
      sentence: 'a row of the first input is as long as a column of the second',
      holds: (context) => {
        const { first, second } = sizesOf(context);
        return first.columns === second.rows;
      },
    },
    {
      sentence: 'the leading dimensions can be broadcast to each other',
      holds: ({ inputs: [first, second] }) => broadcastShape(leading(first!), leading(second!)) !== undefined,
    },
  ],
  infer: (context) => {
    const [first, second] = context.inputs;
    const sizes = sizesOf(context);
    const shape = [...broadcastShape(leading(first!), leading(second!))!, sizes.first.rows, sizes.second.columns];
    return [{ shape, dtype: first!.dtype }];
  },
  kernels: { float: multiplyFloat, int8: multiplyInt8, int16: multiplyInt16 },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: {},
  cost: (context) => {
    const outputs = elementCount(context.outputs[0]!.shape);
    return { macs: outputs * sizesOf(context).first.columns, elementOps: outputs, bytes: bytesTouched(context) };
  },
  tflite: {
    builtin: 'BATCH_MATMUL',
    options: 'BatchMatMulOptions',
    fields: { adjX: 'adj_x', adjY: 'adj_y' },
    version: versionByType,
  },
  tflm: { resolver: 'AddBatchMatMul' },
});

type Context = KernelContext<BatchMatmulAttributes>;

function leading({ shape }: OperandSpec): readonly number[] {
  return shape.slice(0, -2);
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Elements from one row, and one column, to the next. */
  readonly down: number;
  readonly across: number;
}

function matrixOf({ shape }: OperandSpec, adjoint: boolean): Matrix {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return adjoint
    ? { rows: columns, columns: rows, down: 1, across: columns }
    : { rows, columns, down: columns, across: 1 };
}

function sizesOf({ inputs: [first, second], attributes }: OperatorContext<BatchMatmulAttributes>): {
  readonly first: Matrix;
  readonly second: Matrix;
} {
  return { first: matrixOf(first!, attributes.adjX), second: matrixOf(second!, attributes.adjY) };
}

/** Calls `visit` for every output element with the index of the first factors. */
function forEachProduct(context: Context, visit: (firstAt: number, secondAt: number, to: number) => void): void {
  const [a, b] = context.inputs;
  const { first, second } = sizesOf(context);
  const batches = context.outputs[0]!.shape.slice(0, -2);
  const [aStrides, bStrides] = [a!, b!].map((one) => {
    const size = elementCount(one.shape.slice(-2));
    return broadcastStrides(leading(one), batches).map((stride) => stride * size);
  }) as [number[], number[]];
  for (let batch = 0, to = 0; batch < elementCount(batches); batch++) {
    let [aAt, bAt] = [0, 0];
    for (let d = batches.length - 1, rest = batch; d >= 0; rest = Math.floor(rest / batches[d]!), d--) {
      aAt += (rest % batches[d]!) * aStrides[d]!;
      bAt += (rest % batches[d]!) * bStrides[d]!;
    }
    for (let m = 0; m < first.rows; m++) {
      for (let n = 0; n < second.columns; n++) visit(aAt + m * first.down, bAt + n * second.across, to++);
    }
  }
}

function multiplyFloat(context: Context): void {
  const { first, second } = sizesOf(context);
  const [a, b] = context.inputs.map((one) => one!.data as Float32Array) as [Float32Array, Float32Array];
  const result = context.outputs[0]!.data as Float32Array;
  forEachProduct(context, (i, j, to) => {
    let sum = 0;
    for (let k = 0; k < first.columns; k++) sum += a[i + k * first.across]! * b[j + k * second.down]!;
    result[to] = sum;
  });
}

function multiplyInt8(context: Context): void {
  const { rounding, inputs, outputs } = context;
  const { first, second } = sizesOf(context);
  const [from, by, to] = [...inputs, outputs[0]].map((one) => one!.quantization!) as [Scaled, Scaled, Scaled];
  const [zeroA, zeroB, zero] = [from.zeroPoint[0]!, by.zeroPoint[0]!, to.zeroPoint[0]!];
  const { multiplier, shift } = quantizeMultiplier((from.scale[0]! * by.scale[0]!) / to.scale[0]!);
  const [a, b] = inputs.map((one) => one!.data as Int8Array) as [Int8Array, Int8Array];
  const result = outputs[0]!.data as Int8Array;
  forEachProduct(context, (i, j, at) => {
    let sum = 0;
    for (let k = 0; k < first.columns; k++)
      sum = (sum + (a[i + k * first.across]! - zeroA) * (b[j + k * second.down]! - zeroB)) | 0;
    result[at] = clamp(multiplyByQuantizedMultiplier(sum, multiplier, shift, rounding) + zero, -128, 127);
  });
}

function multiplyInt16(context: Context): void {
  const { inputs, outputs } = context;
  const { first, second } = sizesOf(context);
  const [from, by, to] = [...inputs, outputs[0]].map((one) => one!.quantization!.scale[0]!) as [number, number, number];
  const scale = quantizeMultiplier((from * by) / to);
  const multiplier = reducedMultiplier(scale);
  const [a, b] = inputs.map((one) => one!.data as Int16Array) as [Int16Array, Int16Array];
  const result = outputs[0]!.data as Int16Array;
  forEachProduct(context, (i, j, at) => {
    let sum = 0;
    for (let k = 0; k < first.columns; k++) sum += a[i + k * first.across]! * b[j + k * second.down]!;
    result[at] = clamp(multiplyByReducedMultiplier(sum, multiplier, scale.shift), -32768, 32767);
  });
}

type Scaled = NonNullable<OperandSpec['quantization']>;
