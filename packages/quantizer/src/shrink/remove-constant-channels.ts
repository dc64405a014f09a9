// Removes channels that integer arithmetic proves to be one number for every input: they go into the biases behind them.
import { graphCost, GraphEditor, verify, type Graph, type Node, type Rounding } from '@wherry/graph';
import { boundGraph, type GraphBounds } from './bounds/bound-graph.js';
import { constantOf } from './bounds/channel-bounds.js';
import { neededChannels } from './channels/needed-channels.js';
import { withoutChannels } from './channels/without-channels.js';
import { constantBytes, sharedBytes, type ShrinkStep, type Shrunk } from './shrink-step.js';

export interface RemovalOptions {
  /**
   * The arithmetics that a channel has to be constant in. Default: all there are, so that the graph is the same one on every
   * runtime, whichever it was meant for.
   */
  readonly roundings?: readonly Rounding[];
}

const name = 'remove-constant-channels';

/**
 * The same outputs bit for bit, for every input, with fewer channels between them: those whose bounds are one integer, at the
 * borders too, and those that nothing reads any more. Returns the graph it was given where there is none.
 */
export function removeConstantChannels(
  graph: Graph,
  { roundings = ['double', 'single'] }: RemovalOptions = {},
): Shrunk {
  const bounds = boundGraph(graph, roundings);
  const needs = neededChannels(graph, bounds);
  const isWhole = graph.tensors.every(({ data }, id) => data !== undefined || !needs.of(id).includes(0));
  if (isWhole) return { graph, steps: [] };
  const cut = withoutChannels(graph, bounds, needs);
  const whole = verify(new GraphEditor(cut).finish(), name);
  // Weights that several layers share may be cut in several ways, and scales that they shared may differ.
  if (sharedBytes(whole) > sharedBytes(graph)) return { graph, steps: [] };
  return { graph: whole, steps: stepsOf(graph, cut, bounds, (id, channel) => needs.isNeeded(id, channel)) };
}

type IsNeeded = (id: number, channel: number) => boolean;

function stepsOf(before: Graph, after: Graph, bounds: GraphBounds, isNeeded: IsNeeded): readonly ShrinkStep[] {
  const [costsBefore, costsAfter] = [graphCost(before).nodes, graphCost(after).nodes];
  return before.nodes.flatMap((node, position) => {
    const cut = after.nodes[position]!;
    const bytesSaved = constantBytes(before, node) - constantBytes(after, cut);
    const macsSaved = costsBefore[position]!.macs - costsAfter[position]!.macs;
    const what = sentence(node, bounds, isNeeded);
    if (what === undefined || (bytesSaved === 0 && macsSaved === 0)) return [];
    return [
      {
        rewrite: name,
        what: `${node.origin}: ${what}; ${bytesSaved} bytes and ${macsSaved} MACs less`,
        layer: node.origin,
        nodesBefore: before.nodes.length,
        nodesAfter: after.nodes.length,
        bytesSaved,
        macsSaved,
      },
    ];
  });
}

/** Undefined where the node only lets through what its neighbours lost. */
function sentence(node: Node, bounds: GraphBounds, isNeeded: IsNeeded): string | undefined {
  const gone = (id: number): readonly number[] =>
    Array.from(bounds.get(id)?.low ?? [], (_, channel) => channel).filter((channel) => !isNeeded(id, channel));
  const of = (id: number, what: string): string => `${gone(id).length} of ${bounds.get(id)?.low.length} ${what}`;
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const constant = gone(output).filter((channel) => constantOf(bounds.get(output), channel) !== undefined).length;
  const unread = gone(output).length - constant;
  const reasons = [
    ...(constant > 0 ? [`${constant} constant for every input`] : []),
    ...(unread > 0 ? [`${unread} read by nothing`] : []),
  ];
  const parts = [
    ...(reasons.length > 0 ? [`computes ${of(output, 'channels')} no more: ${reasons.join(', ')}`] : []),
    ...(gone(input).length > 0 ? [`reads ${of(input, 'channels')} no more`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', and ');
}
