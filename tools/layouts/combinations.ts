// Layouts, examples, names and runtimes together: all of them, or as few as have every two in one of them.
import type { LayoutName } from '@wherry/firmware-layouts';
import { layoutNames } from '@wherry/pipeline/tool';
import { awkward, type AwkwardName } from './awkward-names.js';
import { exampleNames, type ExampleName } from './deployed-example.js';

export interface Combination {
  readonly layout: LayoutName;
  readonly example: ExampleName;
  readonly name: AwkwardName;
  readonly runtime: 'tflm' | 'compiled-c';
}

const runtimes = ['tflm', 'compiled-c'] as const;

export const everyCombination: readonly Combination[] = layoutNames.flatMap((layout) =>
  exampleNames.flatMap((example) =>
    awkward.flatMap((name) => runtimes.map((runtime) => ({ layout, example, name, runtime }))),
  ),
);

/** Always the next one with the most pairs that none has yet; where several have as many, the runtimes take turns. */
export function pairwise(all: readonly Combination[]): readonly Combination[] {
  const open = new Set(all.flatMap(pairsOf));
  const chosen: Combination[] = [];
  while (open.size > 0) {
    const turn = runtimes[chosen.length % runtimes.length];
    const wins = (each: Combination): number =>
      pairsOf(each).filter((pair) => open.has(pair)).length + (each.runtime === turn ? 0.5 : 0);
    const best = all.reduce((most, each) => (wins(each) > wins(most) ? each : most));
    pairsOf(best).forEach((pair) => open.delete(pair));
    chosen.push(best);
  }
  return chosen;
}

export function pairsOf(combination: Combination): readonly string[] {
  const values = Object.values(combination) as readonly string[];
  return values.flatMap((value, at) => values.slice(at + 1).map((other) => `${value} + ${other}`));
}
