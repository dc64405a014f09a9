// What the halves chose, made from all samples in the end: with other scales, and with other luck in rounding.
import { graphCost, type Graph } from '@wherry/graph';
import { convinces, gainOf } from './evidence.js';
import type { Forms } from './forms.js';
import type { HeldOutJudge, Measured } from './held-out-judge.js';
import type { JudgedSample } from './sample-reservoir.js';
import type { Settings } from './settings.js';

export interface Whole {
  readonly settings: Settings;
  readonly whole: Measured;
}

/** Multiply-accumulates of judging once that are cheap enough to do it for every close candidate. */
const cheapMacs = 1e8;
/** Fewer samples would be learnt by heart. */
const leastSamples = 64;
/** Of several that are close one wins by luck. */
const demand = { margin: 0, certainty: 1.5 };

/** In a model with few weights the luck of rounding outweighs what tells close candidates apart, and it stays with the model. */
export function isSmall(graph: Graph, samples: readonly JudgedSample[]): boolean {
  return samples.length >= leastSamples && graphCost(graph).total.macs * samples.length <= cheapMacs;
}

/**
 * The champion as it will be, against `others` that the halves could not tell from it, and against the plainest settings:
 * where it comes out behind those by the figure that is printed, they stay.
 */
export async function lastLook(
  { judge, forms }: { readonly judge: HeldOutJudge; readonly forms: Forms },
  champion: Settings,
  { plainest, others }: { readonly plainest: Settings; readonly others: readonly Settings[] },
): Promise<Whole> {
  const measured = async (settings: Settings): Promise<Whole> => ({
    settings,
    whole: await judge.measureWhole(forms.whole(settings)),
  });
  let best = await measured(champion);
  for (const settings of others) {
    const other = await measured(settings);
    if (convinces(gainOf(best.whole.errors, other.whole.errors), demand)) best = other;
  }
  if (best.settings === plainest) return best;
  const plain = await measured(plainest);
  return gainOf(plain.whole.errors, best.whole.errors).reportedDb < 0 ? plain : best;
}
