// Random small int8 networks in which many channels are stuck, for the tests of this package.
import {
  elementCount,
  GraphBuilder,
  integerRange,
  type FusedActivation,
  type Graph,
  type Quantization,
  type TensorId,
} from '@wherry/graph';

/** Integers in [low, high], the same for the same seed on every machine. */
export type Draw = (low: number, high: number) => number;

export function drawFrom(seed: number): Draw {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0;
  return (low, high) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((state / 2 ** 32) * (high - low + 1));
  };
}

const activations: readonly FusedActivation[] = ['RELU6', 'RELU', 'NONE', 'RELU6', 'RELU_N1_TO_1'];

/** Convolutions of every kind, residual sums, joins, pools, padding, shared weights; one or two outputs. */
export function randomIntegerNetwork(seed: number): Graph {
  return new NetworkBuilder(seed).build();
}

/** Lives as long as one network is being built. */
class NetworkBuilder {
  readonly #builder: GraphBuilder;
  readonly #draw: Draw;
  #count = 0;

  constructor(seed: number) {
    this.#builder = new GraphBuilder(`random ${seed}`);
    this.#draw = drawFrom(seed);
  }

  build(): Graph {
    const size = this.#draw(3, 6);
    let at = this.#builder.input('x', [1, size, this.#draw(3, 6), this.#draw(1, 3)], 'int8', this.#scale());
    const passed: TensorId[] = [];
    for (let layers = this.#draw(3, 7); layers > 0; layers--) {
      at = this.#spatial(at, passed);
      passed.push(at);
    }
    const head = this.#head(at);
    const second = this.#draw(0, 3) === 0 ? [passed[this.#draw(0, passed.length - 1)]!] : [];
    return this.#builder.finish([...new Set([head, ...second])]);
  }

  #spatial(at: TensorId, passed: readonly TensorId[]): TensorId {
    const before = passed.at(-2);
    const kinds = [
      () => this.#convolution(at),
      () => this.#convolution(at),
      () => this.#depthwise(at),
      () => this.#depthwise(at),
      () => this.#siamese(at),
      () => this.#thereAndBack(at),
      () => this.#pool(at),
      () => this.#sum(at, before),
      () => this.#join(at, before),
      () => this.#padded(at),
      () => this.#perChannel(at),
    ];
    return kinds[this.#draw(0, kinds.length - 1)]!();
  }

  #convolution(at: TensorId): TensorId {
    const inputs = this.#channels(at);
    const outputs = this.#draw(2, 5);
    const size = this.#filterSize(at);
    const filter = this.#filter([outputs, size, size, inputs], 0);
    return this.#add('CONV_2D', [at, filter, this.#bias(at, filter)], this.#convolutionAttributes());
  }

  #depthwise(at: TensorId): TensorId {
    const depthMultiplier = this.#draw(1, 2);
    const channels = this.#channels(at) * depthMultiplier;
    const size = this.#filterSize(at);
    const filter = this.#filter([1, size, size, channels], 3);
    const operands = [at, filter, this.#bias(at, filter)];
    return this.#add('DEPTHWISE_CONV_2D', operands, { ...this.#convolutionAttributes(), depthMultiplier });
  }

  /** Two convolutions with the same weights that are stuck differently, joined; the width is brought back to a few channels. */
  #siamese(at: TensorId): TensorId {
    const filter = this.#filter([5, 1, 1, this.#channels(at)], 0);
    const bias = this.#bias(at, filter);
    const scale = this.#scale();
    const twins = [this.#activation(), this.#activation()].map((activation) =>
      this.#add('CONV_2D', [at, filter, bias], { activation, padding: 'VALID' }, scale),
    );
    return this.#convolution(this.#add('CONCATENATION', twins, { axis: 3 }, scale));
  }

  /** The values in one row, and back. */
  #thereAndBack(at: TensorId): TensorId {
    const { shape, quantization } = this.#builder.tensor(at);
    const to = (id: TensorId, sizes: readonly number[]): TensorId =>
      this.#add('RESHAPE', [id, this.#builder.indices(this.#name('shape'), sizes)], {}, quantization);
    return to(to(at, [1, elementCount(shape)]), shape);
  }

  #pool(at: TensorId): TensorId {
    const attributes = { filterH: 2, filterW: 2, padding: this.#draw(0, 1) === 0 ? 'SAME' : 'VALID' } as const;
    const { shape, quantization } = this.#builder.tensor(at);
    if (Math.min(shape[1]!, shape[2]!) < 2) return this.#convolution(at);
    return this.#add(this.#draw(0, 1) === 0 ? 'MAX_POOL_2D' : 'AVERAGE_POOL_2D', [at], attributes, quantization);
  }

  #sum(at: TensorId, before: TensorId | undefined): TensorId {
    const shapes = [at, before ?? at].map((id) => this.#builder.tensor(id).shape.join());
    return this.#add('ADD', [at, shapes[0] === shapes[1] ? (before ?? at) : at], { activation: this.#activation() });
  }

  #join(at: TensorId, before: TensorId | undefined): TensorId {
    const [one, other] = [at, before ?? at].map((id) => this.#builder.tensor(id));
    const { quantization } = one!;
    const together = one!.shape.slice(0, 3).join() === other!.shape.slice(0, 3).join() ? (before ?? at) : at;
    const alike = this.#add('QUANTIZE', [together], {}, quantization);
    const [, height, width] = one!.shape;
    const shape = [1, height!, width!, 2];
    const data = Int8Array.from({ length: elementCount(shape) }, () => this.#draw(-128, 127));
    const constant = this.#builder.constant(this.#name('k'), shape, data, 'int8', quantization);
    return this.#add('CONCATENATION', [at, alike, constant], { axis: this.#draw(0, 1) === 0 ? 3 : -1 }, quantization);
  }

  #padded(at: TensorId): TensorId {
    const paddings = this.#builder.indices(this.#name('paddings'), [0, 0, 1, 0, 0, 1, 0, 0], [4, 2]);
    return this.#add('PAD', [at, paddings], {}, this.#builder.tensor(at).quantization);
  }

  #perChannel(at: TensorId): TensorId {
    const data = Int8Array.from({ length: this.#channels(at) }, () => this.#draw(-128, 127));
    const factor = this.#builder.constant(this.#name('k'), [data.length], data, 'int8', this.#scale());
    return this.#add(this.#draw(0, 1) === 0 ? 'MUL' : 'SUB', [at, factor], { activation: this.#activation() });
  }

  #head(at: TensorId): TensorId {
    const dense = (id: TensorId): TensorId => {
      const depth = elementCount(this.#builder.tensor(id).shape);
      const units = this.#draw(2, 4);
      const filter = this.#filter([units, depth], 0);
      const bias = this.#draw(0, 2) === 0 ? null : this.#bias(id, filter);
      return this.#add('FULLY_CONNECTED', [id, filter, bias], { activation: this.#activation() });
    };
    if (this.#draw(0, 3) === 0) return at;
    if (this.#draw(0, 1) === 0) {
      const mean = this.#add('MEAN', [at, this.#builder.indices(this.#name('axes'), [1, 2])], {});
      return dense(dense(mean));
    }
    const { shape, quantization } = this.#builder.tensor(at);
    const flat = this.#builder.indices(this.#name('shape'), [1, elementCount(shape)]);
    return dense(this.#draw(0, 1) === 0 ? at : this.#add('RESHAPE', [at, flat], {}, quantization));
  }

  #convolutionAttributes(): {
    activation: FusedActivation;
    padding: 'SAME' | 'VALID';
    strideH: number;
    strideW: number;
  } {
    const padding = this.#draw(0, 3) === 0 ? 'VALID' : 'SAME';
    return { activation: this.#activation(), padding, strideH: this.#draw(1, 2), strideW: this.#draw(1, 2) };
  }

  #activation(): FusedActivation {
    return activations[this.#draw(0, activations.length - 1)]!;
  }

  #filterSize(at: TensorId): number {
    const [, height, width] = this.#builder.tensor(at).shape;
    return Math.min(height!, width!, this.#draw(1, 3));
  }

  #filter(shape: readonly number[], axis: number): TensorId {
    const sparse = this.#draw(0, 2) === 0;
    const data = Int8Array.from({ length: elementCount(shape) }, () =>
      sparse && this.#draw(0, 2) > 0 ? 0 : this.#draw(-127, 127),
    );
    const scales = this.#draw(0, 1) === 0 ? 1 : shape[axis]!;
    const scale = Array.from({ length: scales }, () => Math.fround(2 ** -this.#draw(7, 12)));
    const quantization = { scale, zeroPoint: scale.map(() => 0), axis: scales === 1 ? 0 : axis };
    return this.#builder.constant(this.#name('w'), shape, data, 'int8', quantization);
  }

  /** Of every three channels about one is stuck at its least and one at its greatest value, some only almost so. */
  #bias(input: TensorId, filter: TensorId): TensorId {
    const { shape, quantization } = this.#builder.tensor(filter);
    const channels = shape[0] === 1 && shape.length === 4 ? shape[3]! : shape[0]!;
    const data = Int32Array.from({ length: channels }, () => {
      const reach = [0, 500, 20_000, 60_000, 200_000, 2_000_000][this.#draw(0, 5)]!;
      return this.#draw(0, 1) === 0 ? reach + this.#draw(0, 900) : -reach - this.#draw(0, 900);
    });
    const step = this.#builder.tensor(input).quantization!.scale[0]!;
    const scale = quantization!.scale.map((each) => Math.fround(each * step));
    return this.#builder.constant(this.#name('b'), [channels], data, 'int32', {
      scale,
      zeroPoint: scale.map(() => 0),
      axis: 0,
    });
  }

  #add(
    kind: Parameters<GraphBuilder['add']>[0],
    inputs: (TensorId | null)[],
    attributes: object,
    same?: Quantization,
  ): TensorId {
    return this.#builder.add(kind, inputs, attributes, {
      origin: this.#name(kind.toLowerCase()),
      outputQuantization: same ?? this.#scale(),
      outputDtype: 'int8',
    });
  }

  #scale(): Quantization {
    const [least, greatest] = integerRange('int8');
    const zeroPoint = [least, 0, greatest, this.#draw(least, greatest)][this.#draw(0, 3)]!;
    return { scale: [Math.fround(this.#draw(5, 60) / 1000)], zeroPoint: [zeroPoint], axis: 0 };
  }

  #channels(id: TensorId): number {
    return this.#builder.tensor(id).shape.at(-1)!;
  }

  #name(of: string): string {
    return `${of} ${this.#count++}`;
  }
}
