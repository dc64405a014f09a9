// The engine: plans a graph's memory, takes kernels with so much of it, and runs node by node.
import { referenceEngine, type Engine, type Executor, type Graph } from '@wherry/graph';
import { KernelExecutor } from './kernel-executor.js';
import { kernelsBinary } from './kernels-binary.js';
import { KernelPool } from './kernels.js';
import { planGraph } from './plan-graph.js';

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
  const plan = planGraph(graph);
  const kernels = pool.take(plan.bytes);
  if (kernels === undefined) return referenceEngine.prepare(graph);
  return new KernelExecutor(graph, plan, kernels, () => pool.give(kernels));
}
