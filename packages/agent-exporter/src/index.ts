// The public face of this package.
export * from './agent-program.js';
