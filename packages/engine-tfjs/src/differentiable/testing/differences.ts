// Derivatives of the plain reference by differences: what gradients are held to.
import { evaluate, type Graph, type TensorData, type TensorId } from '@wherry/graph';

/** A place where derivatives are taken, of the outputs of all samples weighted and added up. */
export interface Point {
  readonly graph: Graph;
  /** By sample and input. Changed and changed back while differences are taken. */
  readonly feeds: readonly (readonly TensorData[])[];
  /** Constants that vary. */
  readonly variables: ReadonlyMap<TensorId, TensorData>;
  /** Of every element of the outputs, the samples one behind the other. */
  readonly weights: readonly Float32Array[];
}

export interface Loss {
  readonly value: number;
  /** The sum of what is added up without its signs: float32 outputs are rounded in proportion to it. */
  readonly size: number;
}

export function lossAt({ graph, feeds, weights }: Point): Loss {
  let [value, size] = [0, 0];
  for (const [sample, given] of feeds.entries()) {
    evaluate(graph, given).forEach((output, position) => {
      const from = sample * output.length;
      for (let i = 0; i < output.length; i++) {
        const term = Number(output[i]) * weights[position]![from + i]!;
        value += term;
        size += Math.abs(term);
      }
    });
  }
  return { value, size };
}

const step = 1 / 64;
/** Of a float32. */
const epsilon = 2 ** -24;

/** What is wrong with `gradient`, the derivatives by `values`, which are part of the point. `most`: elements looked at. */
export function differences(point: Point, values: Float32Array, gradient: Float32Array, most: number): string[] {
  if (gradient.length !== values.length) return [`${gradient.length} derivatives of ${values.length} values`];
  const every = Math.max(1, Math.floor(values.length / most));
  const faults: string[] = [];
  let [compared, atKinks] = [0, 0];
  for (let i = 0; i < values.length; i += every) {
    const at = (h: number): Loss => {
      const before = values[i]!;
      values[i] = before + h;
      const loss = lossAt(point);
      values[i] = before;
      return loss;
    };
    const losses = [-2, -1, 0, 1, 2].map((steps) => at(steps * step));
    const rounding = (4 * epsilon * losses[2]!.size) / step;
    const slopes = [0, 1, 2, 3].map((from) => (losses[from + 1]!.value - losses[from]!.value) / step);
    const bends = [0, 1, 2].map((from) => slopes[from + 1]! - slopes[from]!);
    const tolerance = 2e-3 * Math.max(1, ...slopes.map(Math.abs)) + rounding;
    // A kink bends the slope in one place, and around it no difference is a derivative.
    if (Math.max(...bends) - Math.min(...bends) > tolerance) {
      atKinks++;
      continue;
    }
    compared++;
    const [narrow, wide] = [(slopes[1]! + slopes[2]!) / 2, slopes.reduce((sum, slope) => sum + slope, 0) / 4];
    // What is left of both is an error of fourth order.
    const derivative = (4 * narrow - wide) / 3;
    if (!(Math.abs(gradient[i]! - derivative) <= tolerance))
      faults.push(`${gradient[i]} by value ${i} instead of ${derivative}`);
  }
  return compared >= atKinks ? faults : [`${atKinks} of ${compared + atKinks} values lie at kinks`];
}
