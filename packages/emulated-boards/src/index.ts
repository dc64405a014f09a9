// The public face of this package.
export * from './boards.js';
export * from './build-image.js';
export * from './diagnostics.js';
export * from './emulator-command.js';
export * from './passing-folder.js';
export * from './tools.js';
