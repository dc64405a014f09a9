// Jest settings of this package: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
