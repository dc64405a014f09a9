// Bounds of operators that treat each element on its own: their kernels on every value, or every pair of values, that may come.
import { allocate, type Operand, type Rounding, type Tensor } from '@wherry/graph';
import { channelsOf, fullRange, hullOf, union, type ChannelBounds } from './channel-bounds.js';
import { byType, inputOf, outputsOf, type BoundsContext, type BoundsRule } from './bounds-rule.js';
import { runKernel } from './run-kernel.js';

/** All values of a 16-bit type, or all pairs of an 8-bit one. */
const mostEvaluations = 65536;

/** No rule of the operator is relied on: the least and greatest of all that its kernel gives. */
export const everyValue: BoundsRule = (context) => {
  const positions = context.node.inputs.map((_, position) => position);
  const bounds = positions.map((position) => context.boundsOf(position));
  const [output] = outputsOf(context) as [Tensor];
  if (fullRange(output) === undefined || bounds.some((each) => each === undefined)) return byType(context);
  const grid = gridOf(bounds as readonly ChannelBounds[]);
  if (grid === undefined) return byType(context);
  let found: ChannelBounds | undefined;
  for (const rounding of context.roundings) {
    const values = valuesOn(context, grid, rounding);
    if (values === undefined) return byType(context);
    const here = within(values, grid, bounds as readonly ChannelBounds[], channelsOf(output));
    found = found === undefined ? here : union(found, here);
  }
  return [found];
};

/** For each operand the first value and how many follow one another. */
interface Grid {
  readonly first: readonly number[];
  readonly counts: readonly number[];
  readonly size: number;
}

function gridOf(bounds: readonly ChannelBounds[]): Grid | undefined {
  const hulls = bounds.map(hullOf);
  const counts = hulls.map(([low, high]) => high - low + 1);
  const size = counts.reduce((product, count) => product * count, 1);
  return size > mostEvaluations ? undefined : { first: hulls.map(([low]) => low), counts, size };
}

/** The kernel on one long vector per operand; the last operand runs fastest. */
function valuesOn(context: BoundsContext, grid: Grid, rounding: Rounding): ArrayLike<number> | undefined {
  const shape = [1, grid.size];
  let run = grid.size;
  const operands = grid.counts.map((count, position): Operand => {
    const { dtype, quantization } = inputOf(context, position)!;
    const data = allocate(dtype, grid.size);
    run /= count;
    for (let start = 0, value = 0; start < grid.size; start += run, value = (value + 1) % count)
      data.fill((grid.first[position]! + value) as never, start, start + run);
    return { shape, dtype, quantization, data };
  });
  const [{ dtype, quantization }] = outputsOf(context) as [Tensor];
  const results = runKernel(context.node, operands, [{ shape, dtype, quantization }], rounding);
  return results?.[0] as ArrayLike<number> | undefined;
}

/** An operand of one channel goes with every channel of the others. */
function within(
  values: ArrayLike<number>,
  grid: Grid,
  bounds: readonly ChannelBounds[],
  channels: number,
): ChannelBounds {
  const found = { low: new Float64Array(channels), high: new Float64Array(channels) };
  const known = new Map<string, readonly [number, number]>();
  for (let channel = 0; channel < channels; channel++) {
    const ranges = bounds.map(({ low, high }, position): readonly [number, number] => {
      const c = low.length === 1 ? 0 : channel;
      return [low[c]! - grid.first[position]!, high[c]! - grid.first[position]!];
    });
    const key = ranges.join(';');
    const ends = known.get(key) ?? extremesOf(values, grid.counts, ranges);
    known.set(key, ends);
    [found.low[channel], found.high[channel]] = ends;
  }
  return found;
}

function extremesOf(
  values: ArrayLike<number>,
  counts: readonly number[],
  ranges: readonly (readonly [number, number])[],
): readonly [number, number] {
  const [[from, to], [fromFast, toFast]] =
    ranges.length === 1 ? [[0, 0] as const, ranges[0]!] : [ranges[0]!, ranges[1]!];
  const run = counts.at(-1)!;
  let [least, greatest] = [Infinity, -Infinity];
  for (let slow = from; slow <= to; slow++) {
    for (let i = slow * run + fromFast; i <= slow * run + toFast; i++) {
      const value = values[i]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return [least, greatest];
}
