// Finds offsets for blocks that may overlap where the kernels' orders of access allow it.
import { meets, type Layout, type Places } from './layout.js';

/** Pairs of blocks that are looked at in all orders that are tried: some tenths of a second. */
const pairsLookedAt = 4_000_000;
const mostOrders = 1000;

/** The smallest arena of several orders in which the blocks are set down, each as low as it goes. Deterministic. */
export function placeBlocks(layout: Layout): Places {
  const { blocks } = layout;
  const neighbours = neighboursOf(layout);
  const place = (order: readonly number[]): Places => placeInOrder(layout, order, neighbours);
  const all = blocks.map((_, i) => i);
  // Behind each other in time, last first: what an input is overwritten by stands below it already.
  let order = [...all].sort((a, b) => blocks[b]!.lastStep - blocks[a]!.lastStep || blocks[b]!.bytes - blocks[a]!.bytes);
  let best = place(order);
  const bySize = [...all].sort((a, b) => blocks[b]!.bytes - blocks[a]!.bytes || b - a);
  const other = place(bySize);
  if (other.bytes < best.bytes) [best, order] = [other, bySize];
  const random = seededRandom();
  const pairs = neighbours.reduce((sum, { length }) => sum + length, 1);
  for (let left = Math.min(mostOrders, Math.floor(pairsLookedAt / pairs)); left > 0 && all.length > 2; left--) {
    const moved = [...order];
    const [block] = moved.splice(random(moved.length), 1);
    moved.splice(random(moved.length + 1), 0, block!);
    const places = place(moved);
    if (places.bytes <= best.bytes) [best, order] = [places, moved];
  }
  return best;
}

/** Whole numbers below what is asked for; the same each time. */
function seededRandom(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** A block begins neither above `above` nor below `below` and in between, counted from where block `other` begins. */
interface Neighbour {
  readonly other: number;
  readonly above: number;
  readonly below: number;
  /** But it may begin where the other does. */
  readonly inPlace: boolean;
}

/** Of each block, those that are in use at the same time. */
function neighboursOf({ blocks, overlaps }: Layout): readonly (readonly Neighbour[])[] {
  const known = new Map(overlaps.map((overlap) => [overlap.output * blocks.length + overlap.input, overlap]));
  return blocks.map((a, i) =>
    blocks.flatMap((b, other): Neighbour[] => {
      if (i === other || !meets(a, b)) return [];
      const asOutput = known.get(i * blocks.length + other);
      const asInput = known.get(other * blocks.length + i);
      return [
        {
          other,
          above: asOutput === undefined ? -a.bytes : Math.max(-a.bytes, asOutput.distance),
          below: asInput === undefined ? b.bytes : Math.min(b.bytes, -asInput.distance),
          inPlace: asOutput?.inPlace === true || asInput?.inPlace === true,
        },
      ];
    }),
  );
}

function placeInOrder(
  { alignment, blocks }: Layout,
  order: readonly number[],
  neighbours: readonly (readonly Neighbour[])[],
): Places {
  const offsets = new Array<number>(blocks.length).fill(-1);
  let bytes = 0;
  for (const i of order) {
    const taken: [number, number][] = [];
    for (const { other, above, below, inPlace } of neighbours[i]!) {
      const at = offsets[other]!;
      if (at < 0) continue;
      if (inPlace && above < 0 && below > 0) taken.push([at + above, at], [at, at + below]);
      else taken.push([at + above, at + below]);
    }
    offsets[i] = lowestFree(taken, alignment);
    bytes = Math.max(bytes, offsets[i] + blocks[i]!.bytes);
  }
  return { offsets, bytes };
}

/** The lowest aligned offset that lies within none of the open intervals. */
function lowestFree(intervals: [number, number][], alignment: number): number {
  intervals.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let offset = 0;
  for (const [above, below] of intervals) {
    if (offset <= above || offset >= below) continue;
    offset = Math.ceil(below / alignment) * alignment;
  }
  return offset;
}
