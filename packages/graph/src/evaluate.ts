// Runs a graph with the plain reference kernels: the definition of what every faster engine must equal.
import { allocate, type TensorData } from './data-type.js';
import { WherryError } from './diagnostics/diagnostic.js';
import { graphDiagnostics } from './diagnostics/graph-diagnostics.js';
import { tensorAt, type Graph, type Node, type TensorId } from './ir.js';
import { kernelFor } from './kernel-for.js';
import type { Operand, Rounding } from './op-definition.js';
import { elementCount } from './shape.js';
import { freshStates, type States } from './states.js';

export interface EvaluateOptions {
  /** Default `double`: what TFLite Micro does on the device. */
  readonly rounding?: Rounding;
  /** What was kept of the runs before; changed by this one. Default: those of a first run. */
  readonly states?: States;
  /** Called for every graph input and node output in the order they come to be. The array is not reused. */
  readonly observe?: (id: TensorId, data: TensorData) => void;
}

/** Feeds in the order of `graph.inputs`; returns data in the order of `graph.outputs`. Throws WherryError. */
export function evaluate(graph: Graph, feeds: readonly TensorData[], options: EvaluateOptions = {}): TensorData[] {
  const values = new Array<TensorData | undefined>(graph.tensors.length);
  graph.tensors.forEach((tensor, id) => (values[id] = tensor.data));
  for (const [id, data] of options.states ?? freshStates(graph)) values[id] = data;
  graph.inputs.forEach((id, position) => {
    values[id] = checkedFeed(graph, id, feeds[position]);
    options.observe?.(id, values[id]);
  });
  for (const node of graph.nodes) {
    runNode(graph, node, values, options.rounding ?? 'double');
    for (const id of node.outputs) options.observe?.(id, values[id]!);
  }
  return graph.outputs.map((id) => values[id]!);
}

/** Runs one node on the reference kernels: fills the values of its outputs, indexed by tensor, from those of its inputs. */
export function runNode(graph: Graph, node: Node, values: (TensorData | undefined)[], rounding: Rounding): void {
  const operand = (id: TensorId): Operand => {
    const { shape, dtype, quantization } = tensorAt(graph, id);
    return { shape, dtype, quantization, data: values[id]! };
  };
  for (const id of node.outputs) {
    const { dtype, shape } = tensorAt(graph, id);
    values[id] = allocate(dtype, elementCount(shape));
  }
  const inputs = node.inputs.map((id) => (id === null ? undefined : operand(id)));
  const outputs = node.outputs.map(operand);
  kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding });
}

/** The feed, if it is what graph input `id` takes. Throws GRAPH_FEED. */
export function checkedFeed(graph: Graph, id: TensorId, feed: TensorData | undefined): TensorData {
  const { name, shape, dtype } = tensorAt(graph, id);
  const expected = elementCount(shape);
  if (feed !== undefined && feed.length === expected && feed.constructor === allocate(dtype, 0).constructor)
    return feed;
  throw new WherryError(graphDiagnostics.GRAPH_FEED, {
    what: `the input takes ${expected} ${dtype} values, it was given ${feed === undefined ? 'nothing' : `${feed.length} in a ${feed.constructor.name}`}`,
    where: `input ${name} [${shape.join(', ')}]`,
    next: 'give one array per graph input, in the order of the inputs',
  });
}
