// How much noise each part of a graph makes at the end when it alone is computed in the lower of two schemes.
import type { Engine } from '@wherry/graph';
import { HeldOutJudge } from '../select/held-out-judge.js';
import type { JudgedSample } from '../select/sample-reservoir.js';
import type { Mixing } from './mixture.js';
import type { MixedUnit } from './mixed-units.js';

/** Noise of a part tells itself apart from others on few samples; more of them take long. */
const mostSamples = 16;

export interface Sensitivity {
  readonly unit: MixedUnit;
  /** Share of the outputs' power, as a candidate is judged, beyond what is there with everything raised. */
  readonly noise: number;
}

/** In the order of the units. `onTrial` is told of each before it is measured. */
export async function sensitivities(
  mixing: Mixing,
  units: readonly MixedUnit[],
  engine: Engine,
  samples: readonly JudgedSample[],
  onTrial: (unit: MixedUnit) => void,
): Promise<readonly Sensitivity[]> {
  const judge = new HeldOutJudge(mixing.graph, engine, samples.slice(0, mostSamples), 'int8');
  const noiseOf = async (raised: readonly MixedUnit[]): Promise<number> => {
    const { errors } = await judge.measureWhole(mixing.with(raised));
    return errors.judged.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.judged.length);
  };
  const least = await noiseOf(units);
  const found: Sensitivity[] = [];
  for (const unit of units) {
    onTrial(unit);
    const noise = (await noiseOf(units.filter((other) => other !== unit))) - least;
    found.push({ unit, noise: Math.max(0, noise) });
  }
  return found;
}

/** What gains most for the work that it takes first; the order of the graph where that is the same. */
export function byGain(found: readonly Sensitivity[]): readonly MixedUnit[] {
  const gain = ({ noise, unit: { work } }: Sensitivity): number => noise / Math.max(1, work);
  return found
    .map((each, position) => ({ each, position }))
    .sort((a, b) => gain(b.each) - gain(a.each) || a.position - b.position)
    .map(({ each }) => each.unit);
}
