// How near the outputs of a device come to those that they are held against, in the figures that vendors give.
import {
  diagnose,
  printable,
  tensorAt,
  type Diagnostic,
  type Graph,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { classOf } from '../accuracy/class-judge.js';
import { realOf } from '../diff/real-feeds.js';
import { schemeDiagnostics } from '../scheme-diagnostics.js';

export interface OutputFigures {
  readonly name: string;
  readonly samples: number;
  /** Share of the samples whose greatest value is at the same place; null of an output with one value. */
  readonly acc: number | null;
  readonly rmse: number;
  readonly mae: number;
  /** Of the differences to the values themselves, as lengths; null where those are all 0. */
  readonly l2r: number | null;
  /** Of the differences. */
  readonly mean: number;
  readonly std: number;
  /** Nash-Sutcliffe: 1 less what is left of the variance; null where there is none. */
  readonly nse: number | null;
  readonly cos: number | null;
}

/** Sums over all samples, one output. */
export class OutputFigureSums {
  readonly #graph: Graph;
  readonly #id: TensorId;
  #samples = 0;
  #alike = 0;
  #count = 0;
  #error = 0;
  #absolute = 0;
  #squared = 0;
  #right = 0;
  #rightSquared = 0;
  #gotSquared = 0;
  #product = 0;

  constructor(graph: Graph, id: TensorId) {
    this.#graph = graph;
    this.#id = id;
  }

  /** Both in the numbers of the tensor. */
  add(expected: TensorData, got: TensorData): void {
    this.addAgainst(realOf(this.#graph, this.#id, expected), got);
  }

  get samples(): number {
    return this.#samples;
  }

  /** `right`: real values. */
  addAgainst(right: ArrayLike<number>, got: TensorData): void {
    this.addReal(right, realOf(this.#graph, this.#id, got));
  }

  addReal(right: ArrayLike<number>, device: ArrayLike<number>): void {
    this.#samples++;
    const greatest = classOf(right, 0, right.length);
    if (greatest !== undefined && greatest === classOf(device, 0, device.length)) this.#alike++;
    for (let i = 0; i < right.length; i++) {
      const [a, b] = [right[i]!, device[i]!];
      const error = b - a;
      this.#count++;
      this.#error += error;
      this.#absolute += Math.abs(error);
      this.#squared += error * error;
      this.#right += a;
      this.#rightSquared += a * a;
      this.#gotSquared += b * b;
      this.#product += a * b;
    }
  }

  get figures(): OutputFigures {
    const n = this.#count;
    const mean = this.#error / n;
    const variance = this.#rightSquared - (this.#right * this.#right) / n;
    const lengths = Math.sqrt(this.#rightSquared * this.#gotSquared);
    return {
      name: tensorAt(this.#graph, this.#id).name,
      samples: this.#samples,
      acc: n > this.#samples ? this.#alike / this.#samples : null,
      rmse: Math.sqrt(this.#squared / n),
      mae: this.#absolute / n,
      l2r: this.#rightSquared === 0 ? null : Math.sqrt(this.#squared / this.#rightSquared),
      mean,
      std: Math.sqrt(Math.max(0, this.#squared / n - mean * mean)),
      nse: variance > 0 ? 1 - this.#squared / variance : null,
      cos: lengths === 0 ? null : this.#product / lengths,
    };
  }
}

/** The same on both sides they pass for right, and are worth nothing all the same. */
export function notFiniteOutputs(outputs: readonly Pick<OutputFigures, 'name' | 'rmse'>[]): readonly Diagnostic[] {
  return outputs
    .filter(({ rmse }) => !Number.isFinite(rmse))
    .map(({ name }) =>
      diagnose(schemeDiagnostics.VALUES_NOT_FINITE, {
        what: 'there are values infinite or not a number: that device and reference agree on them says nothing of the model',
        where: `output ${printable(name)}`,
        next: 'check the samples and their preprocessing, then the weights of the model',
      }),
    );
}
