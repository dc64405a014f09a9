// Where and how the outputs of a quantized graph are compared with the float graph's: in the units that the report prints.
import {
  elementCount,
  fixedScaleOf,
  operatorOf,
  tensorAt,
  type DataType,
  type Graph,
  type Node,
  type OperandSpec,
  type OperatorTraits,
  type Quantization,
  type TensorData,
  type TensorId,
  outputRule,
} from '@wherry/graph';
import { writerOf } from '../optimize/neighbours.js';
import { logitNoise } from './logit-noise.js';

/** A sum of squares over the values of one output in one sample: of the error, or of the signal. */
export interface Power {
  /** Of the output as the report has it, the steps of its own fixed scale included. */
  readonly reported: number;
  /** The same without those steps; of scores, what is in front of them (`logitNoise`). */
  readonly judged: number;
}

/** One graph output. Before a final operator with a fixed output scale, whose few integers hide most of the error. */
export interface Judgement {
  /** The float tensor that is compared. */
  readonly id: TensorId;
  /** The operator between that tensor and the output. */
  readonly final: Node | undefined;
  readonly spec: OperandSpec;
}

/** One per graph output. */
export function judgements(graph: Graph): Judgement[] {
  return graph.outputs.map((output) => {
    let writer = writerOf(graph, output);
    while (writer !== undefined && operatorOf(writer.kind).traits.sameBytes === true)
      writer = writerOf(graph, writer.inputs[0]!);
    const isFixed = writer !== undefined && outputRule(writer.kind).from === 'fixed';
    const id = isFixed ? writer!.inputs[0]! : output;
    const { shape } = tensorAt(graph, id);
    return { id, final: isFixed ? writer : undefined, spec: { shape, dtype: 'float32' } };
  });
}

/** The tensors whose float values are to be kept. */
export function judgedTensors(graph: Graph): TensorId[] {
  return judgements(graph).map(({ id }) => id);
}

/** Compares one output, sample by sample. Lives as long as one choice. */
export class OutputMeter {
  /** Squared steps of the output's fixed scale, expected over all its values. */
  readonly #floor: number;
  /** The final operator gives scores of classes. */
  readonly #scores: OperatorTraits['scores'];
  /** By position among the samples. */
  readonly #expected: readonly Expected[];

  /** `expected`: of every sample, the float values of the judged tensor; `dtype`: what the output is computed in. */
  constructor(
    private readonly judgement: Judgement,
    expected: readonly TensorData[],
    dtype: DataType,
  ) {
    const { final, spec } = judgement;
    this.#scores = final === undefined ? undefined : operatorOf(final.kind).traits.scores;
    const fixed = final === undefined ? undefined : fixedScaleOf(outputRule(final.kind), dtype);
    this.#floor = fixed === undefined ? 0 : (elementCount(spec.shape) * fixed.scale ** 2) / 12;
    this.#expected = expected.map((values) => {
      const real = realValues(values, undefined);
      return { real, output: this.#outputOf(real) };
    });
  }

  /** Mean over all samples. */
  get power(): Power {
    const count = Math.max(1, this.#expected.length);
    const mean = (of: (expected: Expected) => number): number =>
      this.#expected.reduce((sum, expected) => sum + of(expected), 0) / count;
    return {
      reported: mean(({ output }) => squaredDistance(output, new Float32Array(output.length))),
      judged: mean(({ real, output }) =>
        this.#scores === undefined
          ? squaredDistance(output, new Float32Array(output.length))
          : this.#logitNoise(real, new Float32Array(real.length)),
      ),
    };
  }

  noise(sample: number, actual: TensorData, quantization: Quantization | undefined): Power {
    const { real, output } = this.#expected[sample]!;
    const given = realValues(actual, quantization);
    const error = squaredDistance(output, this.#outputOf(given));
    return {
      reported: error + this.#floor,
      judged: this.#scores === undefined ? error : this.#logitNoise(real, given),
    };
  }

  #logitNoise(expected: Float32Array, actual: Float32Array): number {
    const { final, spec } = this.judgement;
    const { beta = 1 } = final!.attributes as { readonly beta?: number };
    return logitNoise(expected, actual, this.#scores === 'rows' ? (spec.shape.at(-1) ?? 1) : 1, beta);
  }

  #outputOf(real: Float32Array): Float32Array {
    const { final, spec } = this.judgement;
    return final === undefined ? real : run(final, spec, real);
  }
}

interface Expected {
  readonly real: Float32Array;
  /** What the final operator makes of it. */
  readonly output: Float32Array;
}

/** The final operator's own float reference on a tensor of its own. */
function run({ kind, attributes }: Node, spec: OperandSpec, data: Float32Array): Float32Array {
  const output = { ...spec, data: new Float32Array(data.length) };
  operatorOf(kind).kernels.float!({ attributes, inputs: [{ ...spec, data }], outputs: [output], rounding: 'double' });
  return output.data;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

/** In float32, as an operator behind would read them. */
function realValues(data: TensorData, quantization: Quantization | undefined): Float32Array {
  if (data instanceof Float32Array) return data;
  const real = new Float32Array(data.length);
  const scale = quantization?.scale[0] ?? 1;
  const zeroPoint = quantization?.zeroPoint[0] ?? 0;
  for (let i = 0; i < real.length; i++) real[i] = (Number(data[i]) - zeroPoint) * scale;
  return real;
}

/** The real value of element `i`. */
export function realOf(data: TensorData, i: number, quantization: Quantization | undefined): number {
  return (Number(data[i]) - (quantization?.zeroPoint[0] ?? 0)) * (quantization?.scale[0] ?? 1);
}
