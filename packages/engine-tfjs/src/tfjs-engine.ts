// The fast engine as calibration and accuracy use it: float graphs on TensorFlow.js, quantized ones exactly.
import type { Engine, Graph } from '@wherry/graph';
import { loadBackend, type BackendName } from './backend.js';
import { prepareExecutor } from './executor.js';
import { prepareIntegerExecutor } from './integer-executor.js';

/** Throws ENGINE_UNAVAILABLE when the backend cannot be loaded. */
export async function tfjsEngine(backend: BackendName = 'wasm'): Promise<Engine> {
  const { name, tf } = await loadBackend(backend);
  return {
    name,
    prepare: (graph) => Promise.resolve(isQuantized(graph) ? prepareIntegerExecutor(tf, graph) : prepareExecutor(tf, graph)),
  };
}

function isQuantized(graph: Graph): boolean {
  return graph.tensors.some((tensor) => tensor.quantization !== undefined);
}
