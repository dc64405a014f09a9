// The public face of this package.
export * from './agent-kits.js';
export * from './agent-program.js';
export * from './agent-project.js';
