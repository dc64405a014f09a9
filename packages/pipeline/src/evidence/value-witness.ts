// How often values of a layer's output were met, and how many of them its integers cannot say.
import { integerRange, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { Histogram } from '@wherry/quantizer';
import type { Interval } from '../statistics/interval.js';
import type { ValueEvidence } from './evidence.js';

const bins = 64;

interface Seen {
  readonly histogram: Histogram;
  readonly covered: Interval;
  /** What is rounded to one of them. */
  readonly kept: Interval;
  low: number;
  high: number;
  values: number;
  cutOff: number;
}

/** Lives as long as layers are measured. */
export class ValueWitness {
  readonly #seen = new Map<TensorId, Seen>();

  constructor(private readonly quantized: Graph) {}

  /** @param id of the quantized graph; real values have no range that was chosen, and are passed over */
  see(id: TensorId, values: Float32Array): void {
    const seen = this.#seen.get(id) ?? this.#begin(id);
    if (seen === undefined) return;
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      seen.histogram.addCount(value, 1);
      if (value < seen.low) seen.low = value;
      if (value > seen.high) seen.high = value;
      if (value < seen.kept.low || value > seen.kept.high) seen.cutOff += 1;
      seen.values += 1;
    }
  }

  get result(): ReadonlyMap<TensorId, ValueEvidence> {
    return new Map(
      [...this.#seen].flatMap(([id, seen]) => (seen.values === 0 ? [] : [[id, evidenceOf(seen)] as const])),
    );
  }

  #begin(id: TensorId): Seen | undefined {
    const { quantization, dtype } = tensorAt(this.quantized, id);
    if (quantization === undefined) return undefined;
    const [scale, zeroPoint] = [quantization.scale[0]!, quantization.zeroPoint[0]!];
    const [least, greatest] = integerRange(dtype);
    const covered = { low: (least - zeroPoint) * scale, high: (greatest - zeroPoint) * scale };
    // Values that are rounded to an end are not cut off.
    const kept = { low: (least - zeroPoint - 0.5) * scale, high: (greatest - zeroPoint + 0.5) * scale };
    const seen = { histogram: new Histogram(), covered, kept, low: Infinity, high: -Infinity, values: 0, cutOff: 0 };
    this.#seen.set(id, seen);
    return seen;
  }
}

function evidenceOf({ histogram, covered, low, high, values, cutOff }: Seen): ValueEvidence {
  const [from, to] = [Math.min(low, covered.low), Math.max(high, covered.high)];
  const counts = new Array<number>(bins).fill(0);
  histogram.forEach((center, count) => {
    // The middle of a bin may lie a little outside of the values in it.
    const share = (Math.min(Math.max(center, low), high) - from) / (to - from);
    counts[Math.min(bins - 1, Math.floor(bins * share))]! += count;
  });
  return { counts, taken: { low, high }, covered, values, cutOff };
}
