// The names of the backends, in a file without a type of TensorFlow.js: it is part of what the npm package gives out.
export type BackendName = 'wasm' | 'node';

/** As TensorFlow.js calls them. */
export const backendNames = { wasm: 'wasm', node: 'tensorflow' } as const;
