// What training may change: weights and biases, how far weights reach, and the ranges of activations.
import { positionsOf, tensorAt, weightedOperands, type Graph, type TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { Tf } from './differentiable.js';
import type { GraphFormats, Interval } from './formats.js';
import type { NamedValues } from './optimizer.js';
import type { WeightShares } from './settled-weights.js';
import type { RangeTraining } from './training-settings.js';

/** Variables of trainings that run side by side must not have the same names. */
let trainings = 0;

/** A constant is its variable times its unit: so that one learning rate does for all layers and channels. */
interface Constant {
  readonly variable: Tfjs.Variable;
  /** Goes with the shape of the constant. */
  readonly unit: Tfjs.Tensor;
}

/** Lives as long as one training; `dispose` frees the tensors. */
export class Trainables {
  /** In a fixed order, which is that of their values in a checkpoint. */
  readonly variables: Tfjs.Variable[] = [];
  readonly #constants = new Map<TensorId, Constant>();
  readonly #magnitudes = new Map<TensorId, Constant>();
  readonly #ends = new Map<TensorId, { readonly min: Constant; readonly max: Constant }>();
  readonly #masks = new Map<TensorId, { readonly values: Float32Array; readonly tensor: Tfjs.Tensor }>();
  readonly #averages: Tfjs.Tensor[] = [];
  readonly #training = ++trainings;

  constructor(
    private readonly tf: Tf,
    private readonly graph: Graph,
    private readonly formats: GraphFormats,
    ranges: ReadonlyMap<TensorId, Interval>,
    rangeTraining: RangeTraining,
  ) {
    for (const { id, axis, isBias, output } of trainedConstants(graph)) {
      const { data, shape } = tensorAt(graph, id);
      const format = formats.weights.get(id);
      const unit = isBias
        ? tf.scalar(reachOf(ranges.get(formats.activations.get(output)?.group ?? -1)))
        : format === undefined
          ? unitsOf(tf, data as Float32Array, shape, axis)
          : tf.tensor([...format.magnitudes], alongAxis(shape, format.axis));
      this.#constants.set(id, this.#constant(tf.tensor(data as Float32Array, [...shape]), unit, true));
    }
    for (const [id, { axis, magnitudes }] of formats.weights) {
      const unit = tf.tensor([...magnitudes], alongAxis(tensorAt(graph, id).shape, axis));
      this.#magnitudes.set(id, this.#constant(unit.clone(), unit, true));
    }
    for (const [group, { min, max }] of ranges) {
      const trained = rangeTraining === 'learned';
      const end = (value: number): Constant => this.#constant(tf.scalar(value), tf.scalar(value), trained);
      this.#ends.set(group, { min: end(min), max: end(max) });
    }
  }

  /** Those that gradients are taken of. */
  get trained(): Tfjs.Variable[] {
    return this.variables.filter(({ trainable }) => trainable);
  }

  /** Ids of the weights, which can be masked. */
  get weights(): readonly TensorId[] {
    return trainedConstants(this.graph).flatMap(({ id, isBias }) => (isBias ? [] : [id]));
  }

  /** Real values, to be called where gradients are taken: constants of the graph by id. */
  constants(): Map<TensorId, Tfjs.Tensor> {
    const { tf } = this;
    const values = new Map<TensorId, Tfjs.Tensor>();
    for (const [id, { variable, unit }] of this.#constants) {
      const mask = this.#masks.get(id)?.tensor;
      // Shares of how far weights reach now: where that moves, every integer stays what it is.
      const value = tf.mul(variable, this.#magnitudes.has(id) ? this.magnitude(id) : unit);
      values.set(id, mask === undefined ? value : tf.mul(value, mask));
    }
    for (const [id, data] of this.formats.constants)
      values.set(id, tf.tensor(data, [...tensorAt(this.graph, id).shape]));
    return values;
  }

  /** [min, max] of a group, min <= 0 <= max: scalars. */
  ends(group: TensorId): readonly [Tfjs.Tensor, Tfjs.Tensor] {
    const { min, max } = this.#ends.get(group)!;
    return [this.#positive(min), this.#positive(max)];
  }

  /** Of a shape that goes with the weights. */
  magnitude(weights: TensorId): Tfjs.Tensor {
    return this.#positive(this.#magnitudes.get(weights)!);
  }

  /** Moves the ends of a group some way to what was seen. */
  follow(group: TensorId, seen: Interval, share: number): void {
    const { min, max } = this.#ends.get(group)!;
    const move = ({ variable, unit }: Constant, value: number): void => {
      const [size] = unit.dataSync();
      if (size === 0) return;
      const wanted = Math.max(leastShare, value / size!);
      this.tf.tidy(() => variable.assign(this.tf.add(this.tf.mul(variable, 1 - share), wanted * share)));
    };
    move(min, Math.min(0, seen.min));
    move(max, Math.max(0, seen.max));
  }

  /** Weights that are 0 in the mask are 0 from now on. */
  mask(id: TensorId, values: Float32Array): void {
    this.#masks.get(id)?.tensor.dispose();
    this.#masks.set(id, { values, tensor: this.tf.tensor(values, [...tensorAt(this.graph, id).shape]) });
  }

  maskOf(id: TensorId): Float32Array | undefined {
    return this.#masks.get(id)?.values;
  }

  /** Moves what is averaged a share towards what the variables are now. */
  average(share: number): void {
    const { tf } = this;
    this.variables.forEach((variable, i) => {
      const before = this.#averages[i];
      this.#averages[i] = tf.tidy(() =>
        before === undefined ? variable.clone() : tf.add(tf.mul(before, 1 - share), tf.mul(variable, share)),
      );
      before?.dispose();
    });
  }

  /** Of weights that become integers, now and on average over the latest steps: shares of what becomes the greatest integer. */
  shares(): ReadonlyMap<TensorId, WeightShares> {
    return new Map(
      Array.from(this.formats.weights).flatMap(([id, { greatest }]) => {
        const variable = this.#constants.get(id)?.variable;
        if (variable === undefined) return [];
        const average = this.#averages[this.variables.indexOf(variable)] ?? variable;
        const [shares, averages] = [variable, average].map((tensor) => Float32Array.from(tensor.dataSync()));
        return [[id, { greatest, shares: shares!, averages: averages! }]];
      }),
    );
  }

  /** Puts weights where their shares say. */
  put(id: TensorId, shares: Float32Array): void {
    const { variable } = this.#constants.get(id)!;
    this.tf.tidy(() => variable.assign(this.tf.tensor(shares, variable.shape)));
  }

  /** Plain data of the averages, in the order of `variables`. */
  async averages(): Promise<NamedValues[]> {
    return Promise.all(
      this.#averages.map(async (average, i) => ({
        name: String(i),
        shape: average.shape,
        values: Float32Array.from(await average.data()),
      })),
    );
  }

  restoreAverages(values: readonly NamedValues[]): void {
    for (const average of this.#averages.splice(0)) average.dispose();
    for (const { shape, values: data } of values) this.#averages.push(this.tf.tensor(data, [...shape]));
  }

  /** Plain data of everything, in the order of `variables`. */
  async values(): Promise<NamedValues[]> {
    return Promise.all(
      this.variables.map(async (variable, i) => ({
        name: String(i),
        shape: variable.shape,
        values: Float32Array.from(await variable.data()),
      })),
    );
  }

  restore(values: readonly NamedValues[]): void {
    this.variables.forEach((variable, i) => {
      const { shape, values: data } = values[i]!;
      this.tf.tidy(() => variable.assign(this.tf.tensor(data, [...shape])));
    });
  }

  /** Real values of constants, ranges and magnitudes as they are now. */
  result(): {
    readonly constants: ReadonlyMap<TensorId, Float32Array>;
    readonly ranges: ReadonlyMap<TensorId, Interval>;
    readonly magnitudes: ReadonlyMap<TensorId, readonly number[]>;
  } {
    const read = (make: () => Tfjs.Tensor): Float32Array => this.tf.tidy(() => Float32Array.from(make().dataSync()));
    const constants = new Map([...this.#constants.keys()].map((id) => [id, read(() => this.constants().get(id)!)]));
    const ranges = new Map(
      [...this.#ends.keys()].map((group) => {
        const [min, max] = [0, 1].map((end) => read(() => this.ends(group)[end]!)[0]!);
        return [group, { min: min!, max: max! }];
      }),
    );
    const magnitudes = new Map(
      [...this.#magnitudes.keys()].map((id) => [id, Array.from(read(() => this.magnitude(id)))]),
    );
    return { constants, ranges, magnitudes };
  }

  dispose(): void {
    const constants = [
      ...this.#constants.values(),
      ...this.#magnitudes.values(),
      ...[...this.#ends.values()].flatMap(({ min, max }) => [min, max]),
    ];
    for (const { variable, unit } of constants) {
      variable.dispose();
      unit.dispose();
    }
    for (const { tensor } of this.#masks.values()) tensor.dispose();
    for (const average of this.#averages) average.dispose();
  }

  #constant(value: Tfjs.Tensor, unit: Tfjs.Tensor, trained: boolean): Constant {
    const { tf } = this;
    const name = `training${this.#training}/${this.variables.length}`;
    const share = tf.tidy(() => tf.div(value, tf.where(tf.equal(unit, 0), 1, unit)));
    const variable = tf.variable(share, trained, name);
    tf.dispose([value, share]);
    this.variables.push(variable);
    return { variable, unit };
  }

  /** What training drives to nothing or beyond stays a little of what it was. */
  #positive({ variable, unit }: Constant): Tfjs.Tensor {
    return this.tf.mul(this.tf.maximum(variable, leastShare), unit);
  }
}

const leastShare = 0.01;

interface TrainedConstant {
  readonly id: TensorId;
  /** Of the output channels. */
  readonly axis: number;
  readonly isBias: boolean;
  /** What the layer writes. */
  readonly output: TensorId;
}

/** Filters and biases, each once, in the order of the nodes. */
export function trainedConstants(graph: Graph): readonly TrainedConstant[] {
  const found = new Map<TensorId, TrainedConstant>();
  for (const node of graph.nodes) {
    const axis = weightedOperands(node.kind)?.axis ?? 0;
    for (const role of ['weights', 'bias'] as const)
      for (const position of positionsOf(node, role)) {
        const id = node.inputs[position] ?? null;
        if (id === null || found.has(id) || !(tensorAt(graph, id).data instanceof Float32Array)) continue;
        found.set(id, { id, axis, isBias: role === 'bias', output: node.outputs[0]! });
      }
  }
  return [...found.values()];
}

/** 1 but along the axis; of one scale for all, 1 throughout. */
function alongAxis(shape: readonly number[], axis: number | null): number[] {
  return shape.map((size, dimension) => (dimension === axis ? size : 1));
}

/** The greatest magnitude of each slice; 1 where it is 0. */
function unitsOf(tf: Tf, data: Float32Array, shape: readonly number[], axis: number): Tfjs.Tensor {
  return tf.tidy(() => {
    const others = shape.flatMap((_, dimension) => (dimension === axis ? [] : [dimension]));
    const most = tf.max(tf.abs(tf.tensor(data, [...shape])), others, true);
    return tf.where(tf.equal(most, 0), 1, most);
  });
}

/** Of a bias: how far what it is added to reaches. */
function reachOf(range: Interval | undefined): number {
  const reach = range === undefined ? 0 : Math.max(-range.min, range.max);
  return reach > 0 ? reach : 1;
}
