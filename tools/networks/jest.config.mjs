// Jest settings of the networks: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
