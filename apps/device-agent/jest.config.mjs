// Jest settings of the agent: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
