// Float execution of graphs on TensorFlow.js.
export * from './diagnostics.js';
export { NotInstalled } from './not-installed.js';
export { tfjsEngine } from './tfjs-engine.js';
export type { BackendName } from './backend-name.js';
