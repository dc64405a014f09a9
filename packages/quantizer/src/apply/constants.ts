// Constants of a graph that is being quantized: each in every form that it is wanted in, once.
import {
  allocate,
  narrowHalf,
  tensorAt,
  type Graph,
  type GraphBuilder,
  type Tensor,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import type { Memory } from '../memory.js';
import { sameNumbers, type TensorFormat } from '../plan/number-format.js';
import type { ApplyOptions } from './apply.js';
import { quantizeConstant } from './quantize-constant.js';

interface Form {
  readonly wanted: TensorFormat | null;
  readonly id: TensorId;
}

/** Lives for one `apply`. */
export class Constants {
  readonly #known = new Map<TensorId, readonly Form[]>();

  constructor(
    private readonly graph: Graph,
    private readonly builder: GraphBuilder,
    private readonly options: Pick<ApplyOptions, 'blank' | 'integers'> & { readonly memory: Memory },
  ) {}

  /** Two nodes share a constant only when it comes out the same for both; one that is corrected belongs to its node. */
  add(source: TensorId, wanted: TensorFormat | null, correction: Float64Array | undefined): TensorId {
    const shared = correction === undefined ? (this.#known.get(source) ?? []) : [];
    const found = shared.find((form) => sameForm(form.wanted, wanted));
    if (found !== undefined) return found.id;
    const id = this.#make(tensorAt(this.graph, source), wanted, correction, this.options.integers?.get(source));
    if (correction === undefined) this.#known.set(source, [...shared, { wanted, id }]);
    return id;
  }

  #make(
    tensor: Tensor,
    wanted: TensorFormat | null,
    correction: Float64Array | undefined,
    found: TensorData | undefined,
  ): TensorId {
    const { name, shape, dtype } = tensor;
    if (wanted?.stored === 'float16') {
      const stored = this.builder.constant(name, shape, this.#halves(tensor, correction), 'float16');
      return this.builder.add('DEQUANTIZE', [stored], {}, { origin: `${name}/dequantize` });
    }
    const { quantization } = wanted ?? {};
    if (wanted === null || quantization === undefined)
      return this.builder.constant(name, shape, this.#reals(tensor, correction), dtype);
    const data = found ?? this.#integers(tensor, { ...wanted, quantization }, correction);
    return this.builder.constant(name, shape, data, wanted.dtype, quantization);
  }

  #integers(
    { data, shape }: Tensor,
    { dtype, quantization, narrow }: TensorFormat & Required<Pick<TensorFormat, 'quantization'>>,
    correction: Float64Array | undefined,
  ): TensorData {
    if (this.options.blank === true) return allocate(dtype, data!.length);
    const form = { dtype, quantization, narrow: narrow === true };
    return quantizeConstant(corrected(data as Float32Array, correction), shape, form, this.options.memory);
  }

  #halves({ data }: Tensor, correction: Float64Array | undefined): Uint16Array {
    if (this.options.blank === true) return new Uint16Array(data!.length);
    return Uint16Array.from(corrected(data as Float32Array, correction), narrowHalf);
  }

  #reals({ data }: Tensor, correction: Float64Array | undefined): TensorData {
    return correction === undefined ? data! : Float32Array.from(corrected(data as Float32Array, correction));
  }
}

function sameForm(a: TensorFormat | null, b: TensorFormat | null): boolean {
  return a === null || b === null ? a === b : sameNumbers(a, b);
}

function corrected(values: Float32Array, correction: Float64Array | undefined): ArrayLike<number> {
  if (correction === undefined) return values;
  const less = Float64Array.from(values);
  for (let i = 0; i < less.length; i++) less[i]! -= correction[i]!;
  return less;
}
