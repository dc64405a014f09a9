// Chooses the range method of single tensors anew, each measured on the outputs, for as long as the work allows.
import { elementCount, graphCost, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import type { RangeOptions } from '../calibrate/range.js';
import { scaleGroups } from '../plan/activation-scales.js';
import type { OutputJudge, Recording } from './output-error.js';

/** Work that all trials together may take, in multiply-accumulates. More trials were measured to fit the samples, not the model. */
const greatestMacs = 1e8;
/** Arithmetic outside of weighted layers is plain code, a multiply-accumulate there is not. */
const elementOpMacs = 10;
const greatestTrials = 250;
/** A smaller gain than this is within what other samples would say. */
const leastGain = 0.02;

export interface Refinement {
  readonly overrides: ReadonlyMap<TensorId, RangeOptions>;
  readonly error: number;
  /** Of the first node that an override changes; undefined when there is none. */
  readonly position: number | undefined;
}

export interface RefinementStart {
  readonly percentile: number;
  /** Of the graph without overrides. */
  readonly error: number;
  /** What the nodes from the position of each step on read, in that graph. */
  readonly recording: Recording;
  readonly judge: OutputJudge;
  readonly quantize: (overrides: ReadonlyMap<TensorId, RangeOptions>) => Applied;
}

/** Inputs of the samples to judge by, which are kept as long as the choice lasts. */
const greatestKeptBytes = 1e8;
/** Multiply-accumulates of judging one candidate: some tenths of a second. */
const greatestJudgedMacs = 5e9;
const usuallyJudged = 48;
const leastJudged = 16;

/** Samples to judge by: more for small models, where they cost little, as few mislead. */
export function judgedSamples(graph: Graph): number {
  const { macs } = graphCost(graph).total;
  const wanted = Math.max(usuallyJudged, Math.min(256, Math.floor(2e8 / Math.max(1, macs))));
  const bytes = graph.inputs.reduce((sum, id) => sum + 4 * elementCount(tensorAt(graph, id).shape), 0);
  const affordable = Math.min(greatestKeptBytes / Math.max(1, bytes), greatestJudgedMacs / Math.max(1, macs));
  return Math.max(leastJudged, Math.min(wanted, Math.floor(affordable)));
}

/**
 * Walks the scale groups from the outputs to the inputs and keeps an alternative when the error of the outputs drops by 2 %
 * or more. Nothing before a group depends on it, so what is there is computed once; and the last groups, whose ranges
 * matter most to what the model says, are the cheapest to try.
 */
export async function refineRanges(steps: readonly RefinementStep[], start: RefinementStart): Promise<Refinement> {
  let best: Refinement = { overrides: new Map(), error: start.error, position: undefined };
  for (const { root, position } of steps) {
    for (const options of alternatives(start.percentile)) {
      const overrides = new Map(best.overrides).set(root, options);
      const { error } = await start.judge.measure(start.quantize(overrides), {
        from: { position, recording: start.recording },
      });
      if (error < best.error * (1 - leastGain)) best = { overrides, error, position };
    }
  }
  return best;
}

/** A scale group, and the position in the quantized graph of the first node that it changes. */
export interface RefinementStep {
  readonly root: TensorId;
  readonly position: number;
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
  const tries = alternatives(percentile).length;
  let left = greatestMacs;
  return [...calibratedGroups(graph, calibration, base.tensorOf)]
    .map(([root, members]) => ({
      root,
      position: base.graph.nodes.findIndex(({ outputs }) => outputs.some((id) => members.has(id))),
    }))
    .sort((a, b) => b.position - a.position)
    .slice(0, Math.floor(greatestTrials / tries))
    .filter(({ position }) => {
      left -= tries * samples * costs.slice(position).reduce((sum, cost) => sum + cost, 0);
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
