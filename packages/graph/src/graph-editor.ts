// Edits a copy of a graph: rewrites collect their changes here and take the result as a new value.
import type { TensorData } from './data-type.js';
import { statesOf } from './states.js';
import { tensorAt, type ChannelMoments, type Graph, type Node, type Tensor, type TensorId } from './ir.js';

/** Lives for one rewrite. Node arguments are nodes of the graph it was made from, or earlier replacements of them. */
export class GraphEditor {
  readonly #name: string;
  readonly #tensors: Tensor[];
  #nodes: Node[];
  readonly #inputs: readonly TensorId[];
  #outputs: TensorId[];
  readonly #replaced = new Map<TensorId, TensorId>();

  constructor(graph: Graph) {
    this.#name = graph.name;
    this.#tensors = [...graph.tensors];
    this.#nodes = [...graph.nodes];
    this.#inputs = graph.inputs;
    this.#outputs = [...graph.outputs];
  }

  addTensor(tensor: Tensor): TensorId {
    this.#tensors.push(tensor);
    return this.#tensors.length - 1;
  }

  /** Makes a tensor that a removed node wrote a constant. */
  setConstant(id: TensorId, data: TensorData): void {
    this.#tensors[id] = { ...this.#tensors[id]!, data };
  }

  setMoments(id: TensorId, moments: ChannelMoments | undefined): void {
    this.#tensors[id] = { ...this.#tensors[id]!, moments };
  }

  replaceNode(old: Node, ...replacements: readonly Node[]): void {
    this.#nodes.splice(this.#positionOf(old), 1, ...replacements);
  }

  removeNode(node: Node): void {
    this.replaceNode(node);
  }

  /** All readers of `old`, and the graph outputs, read `current` instead. */
  replaceUses(old: TensorId, current: TensorId): void {
    const renew = (id: TensorId): TensorId => (id === old ? current : id);
    this.#nodes = this.#nodes.map((node) =>
      node.inputs.includes(old) ? { ...node, inputs: node.inputs.map((id) => (id === null ? null : renew(id))) } : node,
    );
    this.#outputs = this.#outputs.map(renew);
    this.#replaced.set(old, current);
  }

  /** What stands for `id` after the replacements so far. */
  currentOf(id: TensorId): TensorId {
    let current = id;
    for (let next = this.#replaced.get(current); next !== undefined; next = this.#replaced.get(current)) current = next;
    return current;
  }

  /**
   * The edited graph: nodes that reach no output are gone, nodes stand in an order in which they can run (the given
   * order wherever that is one), tensors are numbered by first use and unused ones dropped, names are unique.
   */
  finish(): Graph {
    const live = this.#liveNodes();
    const nodes = inRunningOrder(live, new Set([...this.#inputs, ...this.#constants(), ...statesOf({ nodes: live })]));
    return renumber({ name: this.#name, tensors: this.#tensors, nodes, inputs: this.#inputs, outputs: this.#outputs });
  }

  /** By identity, else by what it writes: replaceUses makes new objects of the nodes it touches. */
  #positionOf(node: Node): number {
    const itself = this.#nodes.indexOf(node);
    const position =
      itself >= 0 ? itself : this.#nodes.findIndex((candidate) => candidate.outputs[0] === node.outputs[0]);
    if (position < 0) throw new RangeError(`node ${node.origin} is not in the graph being edited`);
    return position;
  }

  #constants(): TensorId[] {
    return this.#tensors.flatMap((tensor, id) => (tensor.data === undefined ? [] : [id]));
  }

  #liveNodes(): Node[] {
    const writers = new Map(this.#nodes.flatMap((node) => node.outputs.map((id) => [id, node] as const)));
    const live = new Set<Node>();
    const pending: (TensorId | null)[] = [...this.#outputs];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const writer = id === null ? undefined : writers.get(id);
      if (writer === undefined || live.has(writer)) continue;
      live.add(writer);
      pending.push(...writer.inputs);
    }
    return this.#nodes.filter((node) => live.has(node));
  }
}

function inRunningOrder(nodes: readonly Node[], known: Set<TensorId>): Node[] {
  const ordered: Node[] = [];
  let waiting = [...nodes];
  while (waiting.length > 0) {
    const blocked: Node[] = [];
    for (const node of waiting) {
      if (node.inputs.every((id) => id === null || known.has(id))) {
        ordered.push(node);
        node.outputs.forEach((id) => known.add(id));
      } else {
        blocked.push(node);
      }
    }
    // A cycle, or a tensor without a writer: kept as it stands, so that `verify` can name it.
    if (blocked.length === waiting.length) return [...ordered, ...blocked];
    waiting = blocked;
  }
  return ordered;
}

function renumber(graph: Graph): Graph {
  const numbers = new Map<TensorId, TensorId>();
  const tensors: Tensor[] = [];
  const names = new Map<string, number>();
  const renew = (id: TensorId): TensorId => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const tensor = tensorAt(graph, id);
    numbers.set(id, tensors.length);
    tensors.push({ ...tensor, name: uniqueName(names, tensor.name) });
    return tensors.length - 1;
  };
  const inputs = graph.inputs.map(renew);
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((id) => (id === null ? null : renew(id))),
    outputs: node.outputs.map(renew),
  }));
  return { name: graph.name, tensors, nodes, inputs, outputs: graph.outputs.map(renew) };
}

function uniqueName(taken: Map<string, number>, name: string): string {
  const seen = taken.get(name) ?? 0;
  taken.set(name, seen + 1);
  // The suffixed name may itself be in use; then the next number is tried.
  return seen === 0 ? name : uniqueName(taken, `${name}_${seen}`);
}
