// The fast engine of float graphs, as calibration and accuracy use it.
import type { Engine } from '@wherry/graph';
import { loadBackend } from './backend.js';
import type { BackendName } from './backend-name.js';
import { withConstantNodesComputed } from './constant-nodes.js';
import { prepareExecutor } from './executor.js';

/** Throws ENGINE_UNAVAILABLE when the backend cannot be loaded. */
export async function tfjsEngine(backend: BackendName = 'wasm'): Promise<Engine> {
  const { name, tf } = await loadBackend(backend);
  return { name, prepare: (graph) => Promise.resolve(prepareExecutor(tf, withConstantNodesComputed(graph))) };
}
