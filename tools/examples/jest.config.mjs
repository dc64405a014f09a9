// Jest settings of the examples: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
