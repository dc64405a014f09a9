// Jest settings of the layouts: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
