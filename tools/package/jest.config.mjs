// Jest settings of the npm package: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
