// Outputs whose steps would be too fine for the target's kernels beside those of what is read: they get coarser ones.
import { integerRange, tensorAt, type Graph, type OpKind, type TensorId } from '@wherry/graph';
import { productOfScales, type ScaleRatio } from '@wherry/profiles';
import type { ChosenRange, Ranges } from './choose-ranges.js';
import type { TensorFormat } from './number-format.js';
import type { QuantizationPlan } from './quantization-plan.js';

/** What the target's kernels take of the scales of an operator. */
export type RatiosOf = (kind: OpKind) => readonly ScaleRatio[];

/** Clear of the limit whatever float32 makes of the quotient. */
const margin = 1 + 2 ** -10;

/**
 * The ranges of outputs that come too near to a limit, widened so that they keep clear of it; empty where none does. A layer
 * comes here that gives next to nothing for all samples. No value is lost: a step of what it sums up is many of its own.
 */
export function widened(
  graph: Graph,
  { nodes, written }: QuantizationPlan,
  ranges: Ranges,
  ratiosOf: RatiosOf,
): Ranges {
  const wider = new Map<TensorId, ChosenRange>();
  for (const { node: position, reads } of nodes) {
    const { kind, outputs } = graph.nodes[position]!;
    const [id] = outputs;
    const output = id === undefined ? undefined : written.get(id);
    const step = output?.quantization?.scale[0];
    if (id === undefined || output === undefined || step === undefined) continue;
    const needed = ratiosOf(kind).map((ratio) => {
      const operands = ratio.of.map((input) => reads[input] ?? undefined);
      return ((productOfScales(ratio, operands) ?? 0) / ratio.below) * margin;
    });
    const least = Math.max(0, ...needed);
    if (step >= least) continue;
    const from = ranges.get(id)?.from ?? `nothing measured of ${tensorAt(graph, id).name}`;
    wider.set(id, { ...rangeAt(least, output), from: `${from}, widened for the runtime` });
  }
  return wider;
}

/** All that the integers would have at that scale. */
function rangeAt(scale: number, { dtype, quantization }: TensorFormat): Pick<ChosenRange, 'min' | 'max'> {
  const [least, greatest] = integerRange(dtype);
  const zero = quantization!.zeroPoint[0]!;
  return { min: scale * (least - zero), max: scale * (greatest - zero) };
}
