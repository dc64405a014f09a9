// The real interval of every tensor that flows: what a plan needs of a calibration, and all that it ever sees of it.
import { outputRule, positionsOf, tensorAt, type Graph, type Node, type TensorId } from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import { inputRange, rangeOf, type Range, type RangeChoice } from '../calibrate/range.js';
import { Memory } from '../memory.js';
import { representable } from './affine.js';
import { constantRange } from './constant-range.js';
import { withReach } from './reach.js';

/** `from`: how it was found, for the report. */
export interface ChosenRange extends Range {
  readonly from: string;
}

export type Ranges = ReadonlyMap<TensorId, ChosenRange>;

/**
 * Measured where the calibration has statistics that count; what an operator only passes on has the range of what it reads,
 * what the specification fixes that of its scale.
 */
export function chooseRanges(
  graph: Graph,
  calibration: Calibration,
  choice: RangeChoice,
  memory: Memory = new Memory(),
): Ranges {
  const ranges = new Map<TensorId, ChosenRange>();
  const measure = (id: TensorId, writer?: Node): void => {
    const statistics = calibration.statistics.get(id);
    if (statistics === undefined) return;
    const own = choice.overrides?.get(id) ?? choice;
    const { method, percentile, lowerShare } = own;
    const isInput = writer === undefined;
    const find = (): Range => (isInput ? inputRange(statistics) : rangeOf(statistics, own, choice.grid));
    const seen = memory.recall(
      statistics,
      `range ${isInput} ${method} ${percentile} ${lowerShare} ${choice.grid?.steps}`,
      find,
    );
    const { evidence } = choice;
    const range = isInput || evidence === undefined ? seen : withReach(graph, writer, id, seen, evidence);
    const isWider = range.min < seen.min || range.max > seen.max;
    const from = `${method} over ${calibration.samples} samples`;
    ranges.set(id, { ...range, from: isWider ? `${from}, wider as they are few` : from });
  };
  graph.inputs.forEach((id) => measure(id));
  for (const node of graph.nodes) {
    node.outputs.forEach((id, position) => {
      const rule = outputRule(node.kind, position);
      if (rule.from === 'calibration') measure(id, node);
      else if (rule.from === 'fixed') ranges.set(id, { ...fixedRange(rule.int8), from: 'fixed' });
      else if (rule.from === 'same-as-inputs') ranges.set(id, passedOn(graph, node, ranges));
    });
  }
  return ranges;
}

function fixedRange({ scale, zeroPoint }: { readonly scale: number; readonly zeroPoint: number }): Range {
  return representable({ scale: [scale], zeroPoint: [zeroPoint], axis: 0 }, 'int8');
}

function passedOn(graph: Graph, node: Node, ranges: Ranges): ChosenRange {
  let passed: ChosenRange = { min: 0, max: 0, from: 'what it reads' };
  for (const position of positionsOf(node, 'activation')) {
    const id = node.inputs[position];
    if (id === null || id === undefined) continue;
    const { data } = tensorAt(graph, id);
    const own = data instanceof Float32Array ? constantRange(data) : ranges.get(id);
    if (own === undefined) continue;
    passed = {
      min: Math.min(passed.min, own.min),
      max: Math.max(passed.max, own.max),
      from: ranges.get(id)?.from ?? passed.from,
    };
  }
  return passed;
}
