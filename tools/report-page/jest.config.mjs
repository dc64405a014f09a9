// Jest settings of the report page in a browser: the workspace preset, nothing of its own.
export { default } from '../../jest.preset.mjs';
