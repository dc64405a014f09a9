// Where and how the outputs of a quantized graph are compared with the float graph's.
import { operatorOf, tensorAt, type Graph, type Quantization, type TensorData, type TensorId } from '@wherry/graph';

export interface Judgement {
  /** The float tensor that is compared. */
  readonly id: TensorId;
  /** Distance of one sample's values from the float ones; 0 when equal. */
  distance(expected: TensorData, actual: TensorData, quantization: Quantization | undefined): number;
}

/**
 * One per graph output. Before a final operator with a fixed output scale (SOFTMAX, LOGISTIC, TANH), because after it most
 * of the error is squashed to the same few integers; before SOFTMAX by what the probabilities come to, because logits
 * far below the greatest do not matter.
 */
export function judgements(graph: Graph): Judgement[] {
  return graph.outputs.map((id) => {
    const writer = graph.nodes.find((node) => node.outputs.includes(id));
    if (writer === undefined || operatorOf(writer.kind).quantization.output.from !== 'fixed')
      return { id, distance: relativeError };
    const { beta } = writer.attributes as { readonly beta?: number };
    const classes = tensorAt(graph, id).shape.at(-1) ?? 1;
    return {
      id: writer.inputs[0]!,
      distance:
        beta === undefined
          ? relativeError
          : (...values) =>
              divergence(classes, beta, ...values) + divergence(classes, softened(classes, beta, values[0]), ...values),
    };
  });
}

const softGap = 3;

/** |actual - expected|^2 / |expected|^2. */
function relativeError(expected: TensorData, actual: TensorData, quantization: Quantization | undefined): number {
  let error = 0;
  let power = 0;
  for (let i = 0; i < actual.length; i++) {
    const wanted = Number(expected[i]);
    error += (realOf(actual, i, quantization) - wanted) ** 2;
    power += wanted * wanted;
  }
  return error / Math.max(power, Number.MIN_VALUE);
}

/** The factor that brings the greatest logit to `softGap` above the mean, mean over rows; never more than `beta`. */
function softened(classes: number, beta: number, logits: TensorData): number {
  let gaps = 0;
  for (let row = 0; row < logits.length; row += classes) {
    let [sum, greatest] = [0, -Infinity];
    for (let c = 0; c < classes; c++) {
      const logit = Number(logits[row + c]);
      sum += logit;
      greatest = Math.max(greatest, logit);
    }
    gaps += greatest - sum / classes;
  }
  const gap = (gaps * classes) / Math.max(1, logits.length);
  return Math.min(beta, softGap / Math.max(gap, Number.MIN_VALUE));
}

/** Kullback-Leibler divergence of the probabilities in nats, mean over the rows of `classes` logits. */
function divergence(
  classes: number,
  beta: number,
  expected: TensorData,
  actual: TensorData,
  quantization: Quantization | undefined,
): number {
  let total = 0;
  for (let row = 0; row < actual.length; row += classes) {
    const wanted = logProbabilities(classes, (c) => beta * Number(expected[row + c]));
    const given = logProbabilities(classes, (c) => beta * realOf(actual, row + c, quantization));
    for (let c = 0; c < classes; c++) total += Math.exp(wanted[c]!) * (wanted[c]! - given[c]!);
  }
  return (total * classes) / Math.max(1, actual.length);
}

function logProbabilities(classes: number, logit: (c: number) => number): Float64Array {
  const logits = Float64Array.from({ length: classes }, (_, c) => logit(c));
  const greatest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = logits.reduce((total, value) => total + Math.exp(value - greatest), 0);
  return logits.map((value) => value - greatest - Math.log(sum));
}

/** The real value of element `i`. */
export function realOf(data: TensorData, i: number, quantization: Quantization | undefined): number {
  return (Number(data[i]) - (quantization?.zeroPoint[0] ?? 0)) * (quantization?.scale[0] ?? 1);
}
