// Which layers a wrong kernel may be in, by the outputs that a device gave: those that are right clear all that they are computed from.
import { operatorOf, type Graph, type Node } from '@wherry/graph';

/** In the order of the graph. `differs`: of each recorded output, by its position, whether it is not what the host gives. */
export function suspectLayers(graph: Graph, differs: ReadonlyMap<number, boolean>): readonly string[] {
  const ofOutputs = (isSuspect: boolean): ReadonlySet<Node> =>
    nodesBehind(
      graph,
      [...differs].flatMap(([position, each]) => (each === isSuspect ? [graph.outputs[position]!] : [])),
    );
  const [wrong, right] = [ofOutputs(true), ofOutputs(false)];
  return layersOf(graph.nodes.filter((node) => wrong.has(node) && !right.has(node)));
}

/** Without conversions between numbers, as none is of the device. */
export function layersOf(nodes: readonly Node[]): readonly string[] {
  const own = nodes.filter(({ kind }) => operatorOf(kind).traits.convertsNumbers !== true);
  return [...new Set(own.map(({ origin }) => origin))];
}

/** What would tell more, in a sentence; undefined where there is nothing more to tell. */
export function moreToRecord(suspects: readonly string[]): string | undefined {
  if (suspects.length < 2) return undefined;
  const middle = suspects[Math.floor((suspects.length - 1) / 2)]!;
  return `the outputs do not tell which of ${suspects.length} layers it is, ${suspects[0]!} to ${suspects.at(-1)!}: a MODEL that also gives what ${middle} writes, run there and recorded with --outputs, tells the half`;
}

function nodesBehind(graph: Graph, outputs: readonly number[]): ReadonlySet<Node> {
  const wanted = new Set(outputs);
  const found = new Set<Node>();
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((id) => wanted.has(id))) continue;
    found.add(node);
    for (const id of node.inputs) if (id !== null) wanted.add(id);
  }
  return found;
}
