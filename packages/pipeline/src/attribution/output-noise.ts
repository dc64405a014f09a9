// How loud the noise at the outputs is, in the units in which candidates are judged: as a share of the signal.
import { elementCount, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { judgements, OutputMeter, type Judgement } from '@wherry/quantizer';

/** Where two graphs are compared: the same places, in the order of the outputs. */
export interface ComparedPlaces {
  readonly reference: readonly Judgement[];
  /** Tensors of the other graph. */
  readonly other: readonly TensorId[];
}

/** In front of final operators that hide most of an error, where both graphs end in such a one; else at the outputs. */
export function comparedPlaces(reference: Graph, other: Graph): ComparedPlaces {
  const [own, theirs] = [judgements(reference), judgements(other)];
  const size = (graph: Graph, id: TensorId): number => elementCount(tensorAt(graph, id).shape);
  const goTogether = own.every(({ id, final }, i) => {
    const mate = theirs[i];
    return mate !== undefined && mate.final?.kind === final?.kind && size(other, mate.id) === size(reference, id);
  });
  if (goTogether) return { reference: own, other: theirs.map(({ id }) => id) };
  const plain = reference.outputs.map((id) => ({
    id,
    final: undefined,
    spec: { shape: tensorAt(reference, id).shape, dtype: 'float32' as const },
  }));
  return { reference: plain, other: other.outputs };
}

/** Lives as long as one attribution. */
export class OutputNoise {
  readonly #meters: readonly OutputMeter[];
  readonly #powers: readonly number[];

  /** `expected`: of every sample, the values at the compared places. */
  constructor(places: readonly Judgement[], expected: readonly (readonly TensorData[])[]) {
    this.#meters = places.map(
      (place, output) =>
        new OutputMeter(
          place,
          expected.map((values) => values[output]!),
          'float32',
        ),
    );
    this.#powers = this.#meters.map(({ power }) => Math.max(power.judged, Number.MIN_VALUE));
  }

  /** Of one sample, a mean over the outputs; 1 is noise as loud as the signal. */
  of(sample: number, values: readonly TensorData[], quantized?: Graph, ids: readonly TensorId[] = []): number {
    const shares = this.#meters.map((meter, output) => {
      const quantization = quantized && tensorAt(quantized, ids[output]!).quantization;
      return meter.noise(sample, values[output]!, quantization).judged / this.#powers[output]!;
    });
    return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  }
}
