// Chooses the range method of single tensors anew, each measured on the outputs, for as long as the work allows.
import { graphCost, outputRule, type Graph, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import type { RangeOptions } from '../calibrate/range.js';
import { assignSchemes, type SchemeChoice } from '../plan/assign-schemes.js';
import { shareScales } from '../plan/share-scales.js';
import type { Contest } from './contest.js';
import { convinces, gainOf, type Demand } from './evidence.js';

/** Work that all trials together may take, in multiply-accumulates. More trials were measured to fit the samples, not the model. */
const greatestMacs = 1e8;
/** Arithmetic outside of weighted layers is plain code, a multiply-accumulate there is not. */
const elementOpMacs = 10;
const greatestTrials = 250;
/** dB beyond chance that a single range must gain: of many trials some win by luck. */
const leastGain = 0.1;
/** Fewer samples to search on would be learnt by heart. */
const leastSamples = 16;

/**
 * A candidate maker. Walks the scale groups from the outputs to the inputs and keeps an alternative where the exploring
 * samples say that it is better beyond chance; what comes out must then win on the others. Nothing before a group depends
 * on it, so what is there is computed once; and the last groups, whose ranges matter most, are the cheapest to try.
 */
export async function refineRanges(contest: Contest, context: Refinement, demand: Demand): Promise<void> {
  const { judge, champion } = contest;
  const base = contest.forFold(champion.settings);
  const samples = judge.count('explore');
  const steps = samples < leastSamples ? [] : affordableSteps(base(0), { ...context, samples });
  // What they all start from is recorded once.
  if (steps.length === 0 || !contest.budget.affords(contest.budget.costOf(0, samples))) return;
  const keepAt = steps.map(({ position }) => position);
  const { recordings } = await judge.measure(base, 'explore', { keepAt });
  let best = { settings: champion.settings, errors: champion.explored };
  const tries = alternatives(context.percentile);
  for (const { members, position, share } of steps) {
    if (!contest.budget.affords(contest.budget.costOf(tries.length, tries.length * samples, share))) break;
    for (const alternative of tries) {
      const chosen = members.map((id) => [id, alternative] as const);
      const settings = { ...best.settings, overrides: new Map([...best.settings.overrides, ...chosen]) };
      const { errors } = await judge.measure(contest.forFold(settings), 'explore', { from: { position, recordings } });
      if (convinces(gainOf(best.errors, errors), { certainty: demand.certainty, margin: leastGain }))
        best = { settings, errors };
    }
  }
  if (best.settings !== champion.settings) await contest.challenge(best.settings, { ...demand, explored: best.errors });
}

/** What is refined: the ranges of a graph that is quantized in these schemes. */
export interface Refinement {
  readonly graph: Graph;
  readonly calibration: Calibration;
  readonly percentile: number;
  readonly schemes: SchemeChoice;
}

/** A scale group, and the position in the quantized graph of the first node that it changes. */
export interface RefinementStep {
  /** Float tensors whose ranges are chosen together. */
  readonly members: readonly TensorId[];
  readonly position: number;
  /** Of the graph's work, that of the nodes from there on. */
  readonly share: number;
}

/** The groups that the work allows to try, last ones first. `base` is any quantized form of the graph: their nodes are the same. */
export function affordableSteps(
  base: Applied,
  { samples, ...refinement }: Refinement & { readonly samples: number },
): RefinementStep[] {
  const costs = graphCost(base.graph).nodes.map(({ macs, elementOps }) => macs + elementOps * elementOpMacs);
  const workFrom = (position: number): number => costs.slice(position).reduce((sum, cost) => sum + cost, 0);
  const tries = alternatives(refinement.percentile).length;
  let left = greatestMacs;
  return calibratedGroups(refinement)
    .map((members) => {
      const written = members.map((id) => base.tensorOf.get(id));
      const position = base.graph.nodes.findIndex(({ outputs }) => outputs.some((id) => written.includes(id)));
      return { members, position, share: workFrom(position) / Math.max(1, workFrom(0)) };
    })
    .sort((a, b) => b.position - a.position)
    .slice(0, Math.floor(greatestTrials / tries))
    .filter(({ position }) => {
      left -= tries * samples * workFrom(position);
      return left >= 0;
    });
}

function alternatives(percentile: number): RangeOptions[] {
  const whole = { method: 'min-max', percentile } as const;
  const methods = [whole, ...(['mse', 'percentile', 'entropy'] as const).map((method) => ({ method, percentile }))];
  return [
    ...methods,
    { method: 'percentile', percentile: 99.9 },
    { ...whole, lowerShare: 1 / 2 },
    { ...whole, lowerShare: 1 / 4 },
    { ...whole, lowerShare: 1 / 8 },
  ];
}

/** What calibration measures of groups whose scale it decides, graph inputs left out. */
function calibratedGroups({ graph, calibration, schemes }: Refinement): TensorId[][] {
  const { groups, formats } = shareScales(graph, assignSchemes(graph, schemes));
  const inputs = new Set(graph.inputs.map((id) => groups.rootOf(id)));
  const members = new Map<TensorId, TensorId[]>();
  const measured = graph.nodes.flatMap(({ kind, outputs }) =>
    outputs.filter((id, output) => outputRule(kind, output).from === 'calibration' && calibration.statistics.has(id)),
  );
  for (const id of measured) {
    const root = groups.rootOf(id);
    if (inputs.has(root) || groups.fixedScale(root) !== undefined || formats.get(id)?.kind !== 'affine') continue;
    members.set(root, [...(members.get(root) ?? []), id]);
  }
  return [...members.values()];
}
