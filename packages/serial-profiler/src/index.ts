// The public face of this package.
export { deviceDiagnostics } from './link/diagnostics.js';
export { usualPolicy, type LinkPolicy } from './link/policy.js';
export * from './port.js';
export * from './ports/process-port.js';
export type { ClockTest } from './session/clock-test.js';
export type { ExpectedDevice, Identity } from './session/greet.js';
export { Session, type SessionRequest, type TimedRun } from './session/session.js';
export { chanceOf } from './simulation/chance.js';
export { damagedPort } from './simulation/damaged-port.js';
export type { DeviceFaults } from './simulation/device-faults.js';
export type { LineFaults } from './simulation/line-faults.js';
export * from './simulation/reference-model.js';
export * from './simulation/simulated-line.js';
export * from './simulation/virtual-time.js';
export * from './time.js';
