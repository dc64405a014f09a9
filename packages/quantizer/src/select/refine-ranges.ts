// Chooses the range method of single tensors anew, each measured on the outputs, for as long as the work allows.
import { graphCost, type Graph, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import type { RangeOptions } from '../calibrate/range.js';
import { scaleGroups } from '../plan/activation-scales.js';
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
export async function refineRanges(
  contest: Contest,
  context: { readonly graph: Graph; readonly calibration: Calibration; readonly percentile: number },
  demand: Demand,
): Promise<void> {
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
  for (const { root, position, share } of steps) {
    if (!contest.budget.affords(contest.budget.costOf(tries.length, tries.length * samples, share))) break;
    for (const alternative of tries) {
      const settings = { ...best.settings, overrides: new Map(best.settings.overrides).set(root, alternative) };
      const { errors } = await judge.measure(contest.forFold(settings), 'explore', { from: { position, recordings } });
      if (convinces(gainOf(best.errors, errors), { certainty: demand.certainty, margin: leastGain }))
        best = { settings, errors };
    }
  }
  if (best.settings !== champion.settings) await contest.challenge(best.settings, { ...demand, explored: best.errors });
}

/** A scale group, and the position in the quantized graph of the first node that it changes. */
export interface RefinementStep {
  readonly root: TensorId;
  readonly position: number;
  /** Of the graph's work, that of the nodes from there on. */
  readonly share: number;
}

/** The groups that the work allows to try, last ones first. `base` is any quantized form of the graph: their nodes are the same. */
export function affordableSteps(
  base: Applied,
  {
    graph,
    calibration,
    samples,
    percentile,
  }: {
    readonly graph: Graph;
    readonly calibration: Calibration;
    readonly samples: number;
    readonly percentile: number;
  },
): RefinementStep[] {
  const costs = graphCost(base.graph).nodes.map(({ macs, elementOps }) => macs + elementOps * elementOpMacs);
  const workFrom = (position: number): number => costs.slice(position).reduce((sum, cost) => sum + cost, 0);
  const tries = alternatives(percentile).length;
  let left = greatestMacs;
  return [...calibratedGroups(graph, calibration, base.tensorOf)]
    .map(([root, members]) => {
      const position = base.graph.nodes.findIndex(({ outputs }) => outputs.some((id) => members.has(id)));
      return { root, position, share: workFrom(position) / Math.max(1, workFrom(0)) };
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
  const methods = [whole, ...(['mse', 'percentile'] as const).map((method) => ({ method, percentile }))];
  return [
    ...methods,
    { method: 'percentile', percentile: 99.9 },
    { ...whole, lowerShare: 1 / 2 },
    { ...whole, lowerShare: 1 / 4 },
    { ...whole, lowerShare: 1 / 8 },
  ];
}

/** Groups whose scale calibration decides, graph inputs left out: representative to quantized members. */
function calibratedGroups(
  graph: Graph,
  calibration: Calibration,
  tensorOf: Applied['tensorOf'],
): Map<TensorId, Set<TensorId>> {
  const groups = scaleGroups(graph);
  const inputs = new Set(graph.inputs.map((id) => groups.rootOf(id)));
  const members = new Map<TensorId, Set<TensorId>>();
  for (const id of graph.nodes.flatMap(({ outputs }) => outputs)) {
    const root = groups.rootOf(id);
    if (inputs.has(root) || groups.fixedScale(root) !== undefined || !tensorOf.has(id)) continue;
    if (!members.has(root) && !calibration.statistics.has(id)) continue;
    members.set(root, (members.get(root) ?? new Set()).add(tensorOf.get(id)!));
  }
  return members;
}
