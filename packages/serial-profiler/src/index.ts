// The public face of this package.
export * from './model-layout.js';
export * from './port.js';
export type { DeviceFaults } from './simulation/device-faults.js';
export type { LineFaults } from './simulation/line-faults.js';
export * from './simulation/reference-model.js';
export * from './simulation/simulated-line.js';
export * from './simulation/virtual-time.js';
export * from './time.js';
