// The model of a simulated device: the reference kernels, and what they would cost if each byte cost the same.
import { createHash } from 'node:crypto';
import { allocate, elementCount, evaluate, tensorAt, type Graph, type TensorData } from '@wherry/graph';
import { modelLayout, type ModelLayout } from '@wherry/device-protocol';

export interface ModelRun {
  /** What operators wrote, in the order of execution. */
  readonly tensors: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

export interface SimulatedModel {
  readonly layout: ModelLayout;
  /** SHA-256 of the file. */
  readonly hash: string;
  /** Ticks of each operator in one inference. */
  readonly ticks: readonly number[];
  run(inputs: readonly Uint8Array[]): ModelRun;
}

/** A device says the hash of the file that it was made from; here there is none but the graph. */
export function referenceModel(graph: Graph, hash: string = hashOf(graph)): SimulatedModel {
  const layout = modelLayout(graph);
  const ticks = layout.tensors.reduce<number[]>(
    (sums, { operator, bytes }) => {
      sums[operator]! += 1000 + 16 * bytes;
      return sums;
    },
    graph.nodes.map(() => 0),
  );
  return {
    layout,
    hash,
    ticks,
    run: (inputs) => {
      const feeds = graph.inputs.map((id, position) => typed(graph, id, inputs[position]!));
      const written = new Map<number, Uint8Array>();
      const outputs = evaluate(graph, feeds, { observe: (id, data) => written.set(id, bytesOf(data)) });
      return {
        tensors: graph.nodes.flatMap((node) => node.outputs.map((id) => written.get(id)!)),
        outputs: outputs.map(bytesOf),
      };
    },
  };
}

function typed(graph: Graph, id: number, bytes: Uint8Array): TensorData {
  const { dtype, shape } = tensorAt(graph, id);
  const data = allocate(dtype, elementCount(shape));
  new Uint8Array(data.buffer).set(bytes);
  return data;
}

function bytesOf({ buffer, byteOffset, byteLength }: TensorData): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function hashOf(graph: Graph): string {
  const hash = createHash('sha256').update(graph.name);
  for (const { name, shape, dtype, data } of graph.tensors) {
    hash.update(`${name} ${dtype} ${shape.join()}`);
    if (data !== undefined) hash.update(bytesOf(data));
  }
  return hash.digest('hex');
}
