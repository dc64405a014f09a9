// Jest settings of the planted faults: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
