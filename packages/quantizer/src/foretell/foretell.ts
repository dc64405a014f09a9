// What the quantized graph will be as far as the float one alone tells: shapes and types, and no number of any sample.
import { roleOf, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import { Histogram } from '../calibrate/histogram.js';
import type { TensorStatistics } from '../calibrate/statistics.js';
import { chooseRanges } from '../plan/choose-ranges.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import { needsRanges } from '../plan/needs-ranges.js';
import { alike, distinct } from './stand-in-numbers.js';

/** Its scales and constants are stand-ins: only what does not depend on them is true. */
export interface Form extends Applied {
  readonly plan: QuantizationPlan;
}

export interface Foretold {
  /** Nothing in it that the quantized graph could do without, and equal numbers everywhere, so that all that can be shared is. */
  readonly least: Form;
  /** Everything that the numbers could make necessary, and no two numbers equal; weights that layers share are still one. */
  readonly most: () => Form;
  /** Both have the same nodes: the quantized graph has no others. */
  readonly certain: boolean;
}

/**
 * Ranges decide only whether a QUANTIZE stands before an operator whose inputs share a scale: nowhere with empty ranges
 * that need none, everywhere with endless ones. Throws what `plan` throws of the graph itself: operators without an int8
 * kernel, weights that are no constants.
 */
export function foretell(graph: Graph, options: PlanOptions): Foretold {
  if (!needsRanges(options)) return exactly(graph, options);
  const blank = withoutWeights(graph);
  const form = (calibration: Calibration): Form => {
    const ranges = chooseRanges(blank, calibration, { method: 'min-max', percentile: 100 });
    const decided = plan(blank, ranges, options);
    return { ...apply(blank, decided, { blank: true }), plan: decided };
  };
  const [least, most] = [form(nothingMeasured), form(wideRanges(graph))];
  return {
    least: { ...least, graph: alike(onceEach(blank, least)) },
    most: () => ({ ...most, graph: distinct(apart(most.graph)) }),
    certain: least.graph.nodes.length === most.graph.nodes.length,
  };
}

/** Without ranges there is nothing to foretell: this is the graph. */
function exactly(graph: Graph, options: PlanOptions): Foretold {
  const decided = plan(graph, new Map(), options);
  const form = { ...apply(graph, decided), plan: decided };
  return { least: form, most: () => form, certain: true };
}

const nothingMeasured: Calibration = { samples: 0, statistics: new Map(), channelsOf: noChannels };

function noChannels(): never {
  throw new RangeError('nothing was measured');
}

/** Far wider than any scale that the specification fixes, and far from what a scale cannot be. */
const wide = 1e4;

function wideRanges(graph: Graph): Calibration {
  const statistics = new Map<TensorId, TensorStatistics>();
  const add = (id: TensorId): void => {
    const { dtype, shape } = tensorAt(graph, id);
    if (dtype !== 'float32') return;
    statistics.set(id, {
      samples: 1,
      min: -wide,
      max: wide,
      movingMin: -wide,
      movingMax: wide,
      histogram: new Histogram(),
      whole: false,
      step: undefined,
      channelMean: new Float64Array(shape.at(-1) ?? 1),
    });
  };
  graph.inputs.forEach(add);
  for (const node of graph.nodes) node.outputs.forEach(add);
  return { ...nothingMeasured, statistics };
}

const known = new WeakMap<Graph, Graph>();

/** Weights and biases as zeros, one array for all of a shape: their values are not asked for, and there may be many millions. */
function withoutWeights(graph: Graph): Graph {
  const blank = known.get(graph) ?? makeBlank(graph);
  known.set(graph, blank);
  return blank;
}

function makeBlank(graph: Graph): Graph {
  const [weights, others] = [new Set<TensorId>(), new Set<TensorId>()];
  for (const { kind, inputs } of graph.nodes) {
    const isWeight = (input: number): boolean => ['weights', 'bias'].includes(roleOf(kind, input).role);
    inputs.forEach((id, input) => id !== null && (isWeight(input) ? weights : others).add(id));
  }
  for (const id of graph.outputs) others.add(id);
  const zeros = new Map<string, TensorData>();
  // They all lie in the memory of the largest.
  const memory = new ArrayBuffer(Math.max(0, ...graph.tensors.map(({ data }) => 4 * (data?.length ?? 0))));
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, id) => {
      if (tensor.data === undefined || tensor.dtype !== 'float32' || !weights.has(id) || others.has(id)) return tensor;
      const key = tensor.shape.join('x');
      const data = zeros.get(key) ?? new Float32Array(memory, 0, tensor.data.length);
      zeros.set(key, data);
      return { ...tensor, data };
    }),
  };
}

/** Each reader has a constant of its own, as it has where the scales that readers want differ. */
function apart(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const taken = new Set<TensorId>();
  const own = (id: TensorId | null): TensorId | null => {
    const tensor = id === null ? undefined : tensorAt(graph, id);
    if (id === null || tensor?.data === undefined || tensor.quantization === undefined) return id;
    if (!taken.has(id)) {
      taken.add(id);
      return id;
    }
    return tensors.push(tensor) - 1;
  };
  const nodes = graph.nodes.map((node) => {
    const isFilter = (input: number): boolean => roleOf(node.kind, input).role === 'weights';
    return { ...node, inputs: node.inputs.map((id, input) => (isFilter(input) ? id : own(id))) };
  });
  return { ...graph, tensors, nodes };
}

/** A constant that several nodes read is one again, though they wanted it in different scales: others might not. */
function onceEach(float: Graph, { graph, plan: decided, tensorOf }: Form): Graph {
  const nodeOf = new Map(graph.nodes.map((node) => [node.outputs[0]!, node]));
  const first = new Map<string, TensorId>();
  const inputsOf = new Map<object, readonly (TensorId | null)[]>();
  for (const { node: position } of decided.nodes) {
    const { inputs, outputs } = float.nodes[position]!;
    const node = nodeOf.get(tensorOf.get(outputs[0]!)!)!;
    const merged = node.inputs.map((id, input) => {
      if (id === null || tensorAt(graph, id).data === undefined) return id;
      const key = `${inputs[input]} ${tensorAt(graph, id).dtype}`;
      if (!first.has(key)) first.set(key, id);
      return first.get(key)!;
    });
    inputsOf.set(node, merged);
  }
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, inputs: inputsOf.get(node) ?? node.inputs })) };
}
