// Integers to integers of another type by way of real numbers, where the runtime's QUANTIZE has no kernel for it.
import { dataTypes, operators, tensorAt, verify, type Graph, type Node, type Tensor } from '@wherry/graph';
import type { OptimizationStep } from './optimize.js';

export interface ConvertedOverReals {
  /** Tensors of the given graph keep their numbers. */
  readonly graph: Graph;
  readonly steps: readonly OptimizationStep[];
}

/**
 * A QUANTIZE between integers that `runs` says no to becomes a DEQUANTIZE and a QUANTIZE, where it says yes to both. The same
 * values but for the rounding of halves. Returns the graph it was given where nothing is to be done.
 */
export function convertOverReals(graph: Graph, runs: (graph: Graph, node: Node) => boolean): ConvertedOverReals {
  const tensors = [...graph.tensors];
  const steps: OptimizationStep[] = [];
  const nodes = graph.nodes.flatMap((node): readonly Node[] => {
    if (node.kind !== 'QUANTIZE' || !readsIntegers(graph, node) || runs(graph, node)) return [node];
    const { real, pair } = overReals(tensors, node);
    const tried = { ...graph, tensors: [...tensors, real] };
    if (!pair.every((each) => runs(tried, each))) return [node];
    tensors.push(real);
    const [from, to] = [tensorAt(graph, node.inputs[0]!).dtype, tensorAt(graph, node.outputs[0]!).dtype];
    const nodesBefore = graph.nodes.length + steps.length;
    steps.push({
      rewrite: 'convert-over-reals',
      what: `${node.origin}: ${from} to ${to} by way of float32, because the runtime has no QUANTIZE from one to the other`,
      nodesBefore,
      nodesAfter: nodesBefore + 1,
    });
    return pair;
  });
  if (steps.length === 0) return { graph, steps };
  return { graph: verify({ ...graph, tensors, nodes }, 'convert-over-reals'), steps };
}

function readsIntegers(graph: Graph, { inputs }: Node): boolean {
  return dataTypes[tensorAt(graph, inputs[0]!).dtype].range !== undefined;
}

/** `real` is the tensor that comes next. */
function overReals(
  tensors: readonly Tensor[],
  { kind, inputs, outputs, origin }: Node,
): { readonly real: Tensor; readonly pair: readonly Node[] } {
  const { name, shape } = tensors[outputs[0]!]!;
  const taken = new Set(tensors.map((tensor) => tensor.name));
  let own = `${name}/real`;
  for (let again = 1; taken.has(own); again++) own = `${name}/real_${again}`;
  const id = tensors.length;
  return {
    real: { name: own, shape, dtype: 'float32' },
    pair: [
      { kind: 'DEQUANTIZE', attributes: operators.DEQUANTIZE.defaults, inputs, outputs: [id], origin },
      { kind, attributes: operators.QUANTIZE.defaults, inputs: [id], outputs, origin } as Node,
    ],
  };
}
