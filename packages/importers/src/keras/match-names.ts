// Pairs the weights of a nested model with stored ones by their whole names.
import type { Variable } from './own-weights.js';
import type { StoredWeight } from './weight-store.js';

/** The stored weight of each variable, in the variables' order. */
export type Match = readonly StoredWeight[];

/** More of one name than this tell nothing apart, and would take long to compare. */
const MAX_ALIKE = 256;

/**
 * Undefined unless each variable has one stored weight whose name fits it better than all others, and no two the same.
 * Names are only partly the path: Keras leaves out models around the layer, or adds those that were there when it was
 * built. So the longest common end counts, and a name that is nothing but such an end before one that goes on otherwise.
 */
export function matchByName(variables: readonly Variable[], stored: readonly StoredWeight[]): Match | undefined {
  const byEnd = indexByEnd(stored);
  const taken = new Set<StoredWeight>();
  const match: StoredWeight[] = [];
  for (const variable of variables) {
    const best = variable.storedNames
      .map((name) => bestNamed(byEnd, variable, name))
      .find((weight) => weight !== undefined);
    if (best === undefined || taken.has(best)) return undefined;
    taken.add(best);
    match.push(best);
  }
  return match;
}

function bestNamed(byEnd: ReturnType<typeof indexByEnd>, variable: Variable, name: string): StoredWeight | undefined {
  const wanted = partsOf(`${variable.path}/${name}`);
  const alike = [...(byEnd.get(endOf(wanted)) ?? []), ...(byEnd.get(name) ?? [])];
  return alike.length > MAX_ALIKE ? undefined : bestOf(alike, wanted, partsOf(variable.layer).length + 1);
}

type Named = readonly [StoredWeight, readonly string[]];

function indexByEnd(stored: readonly StoredWeight[]): ReadonlyMap<string, readonly Named[]> {
  const byEnd = new Map<string, Named[]>();
  for (const weight of stored) {
    const parts = partsOf(weight.name);
    const same = byEnd.get(endOf(parts));
    if (same === undefined) byEnd.set(endOf(parts), [[weight, parts]]);
    else same.push([weight, parts]);
  }
  return byEnd;
}

function endOf(parts: readonly string[]): string {
  return parts.slice(-2).join('/');
}

/** `kernel:0` and `kernel` are the same variable. */
export function bareName(name: string): string {
  return name.replace(/:\d+$/, '');
}

function partsOf(name: string): readonly string[] {
  return bareName(name).split('/');
}

/** `least`: the layer's whole name and the variable's; Normalization stores its variables without any layer's name. */
function bestOf(candidates: readonly Named[], wanted: readonly string[], least: number): StoredWeight | undefined {
  let best: StoredWeight | undefined;
  let bestScore = 0;
  for (const [weight, parts] of candidates) {
    const common = commonEnd(parts, wanted);
    if (common < least && parts.length > 1) continue;
    const score = 2 * common + (common === Math.min(parts.length, wanted.length) ? 1 : 0);
    if (score > bestScore) [best, bestScore] = [weight, score];
    else if (score === bestScore) best = undefined;
  }
  return best;
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let common = 0;
  while (common < a.length && common < b.length && a.at(-1 - common) === b.at(-1 - common)) common++;
  return common;
}
