// Each graph on the engine of its numbers: real ones on TensorFlow.js, int8 on the kernels that give the device's integers.
import { int8Engine } from '@wherry/engine-int8';
import { tfjsEngine, type BackendName } from '@wherry/engine-tfjs';
import type { Engine, Graph } from '@wherry/graph';

/** Named as the engine of float graphs: int8 results are the same on every engine. Throws ENGINE_UNAVAILABLE. */
export async function engineByNumbers(backend: BackendName): Promise<Engine> {
  const [float, int8] = [await tfjsEngine(backend), int8Engine()];
  return { name: float.name, prepare: (graph) => (isQuantized(graph) ? int8 : float).prepare(graph) };
}

function isQuantized(graph: Graph): boolean {
  return graph.tensors.some((tensor) => tensor.quantization !== undefined);
}
