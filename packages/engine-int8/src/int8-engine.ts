// The engine: plans a graph's memory, takes kernels with so much of it, and runs node by node.
import {
  checkedFeed,
  referenceEngine,
  runNode,
  type Engine,
  type Executor,
  type Graph,
  type Node,
  type Observer,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { prepareAddition } from './addition.js';
import { prepareConvolution } from './convolution.js';
import { prepareDepthwise } from './depthwise-convolution.js';
import { kernelsBinary } from './kernels-binary.js';
import { KernelPool } from './kernels.js';
import { MemoryPlan } from './memory-plan.js';
import type { Bind, Prepare, Run } from './step.js';

const preparations: readonly Prepare[] = [prepareConvolution, prepareDepthwise, prepareAddition];

/**
 * Any graph runs, with the integers of the reference in the device's rounding. Machines without 128-bit vectors, and graphs that
 * need more memory than there is, get the reference itself.
 */
export function int8Engine(binary: Uint8Array = kernelsBinary()): Engine {
  const pool = KernelPool.of(binary);
  if (pool === undefined) return referenceEngine;
  return { name: 'int8', prepare: (graph) => prepareOn(pool, graph) };
}

async function prepareOn(pool: KernelPool, graph: Graph): Promise<Executor> {
  const plan = new MemoryPlan();
  const binds = graph.nodes.map((node) => bindNode(graph, node, plan));
  const kernels = pool.take(plan.bytes);
  if (kernels === undefined) return referenceEngine.prepare(graph);
  plan.fill(kernels.memory.buffer);
  const runs = binds.map((bind) => bind(kernels));
  return {
    run: (feeds, observer) => Promise.resolve(runOnce(graph, runs, feeds, observer)),
    dispose: () => {
      // Once: the kernels may be another graph's by the second time.
      if (runs.splice(0).length > 0) pool.give(kernels);
    },
  };
}

function bindNode(graph: Graph, node: Node, plan: MemoryPlan): Bind {
  for (const prepare of preparations) {
    const bind = prepare(graph, node, plan);
    if (bind !== undefined) return bind;
  }
  return () => (values) => runNode(graph, node, values, 'double');
}

function runOnce(
  graph: Graph,
  runs: readonly Run[],
  feeds: readonly TensorData[],
  observer: Observer | undefined,
): TensorData[] {
  const values: (TensorData | undefined)[] = graph.tensors.map((tensor) => tensor.data);
  const see = (id: TensorId): void => {
    if (observer?.wants(id) === true) observer.see(id, values[id]!);
  };
  graph.inputs.forEach((id, position) => {
    values[id] = checkedFeed(graph, id, feeds[position]);
    see(id);
  });
  graph.nodes.forEach((node, position) => {
    runs[position]!(values);
    node.outputs.forEach(see);
  });
  // Copies: a buffer of a layer is filled again by the next run.
  return graph.outputs.map((id) => values[id]!.slice() as TensorData);
}
