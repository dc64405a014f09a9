// Jest settings of the walk-throughs: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
