// Jest settings of the boards: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
