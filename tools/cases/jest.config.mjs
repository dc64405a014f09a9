// Jest settings of the cases: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
