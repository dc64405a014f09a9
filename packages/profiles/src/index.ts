// The public face of this package.
export * from './device-profile.js';
export * from './runtime-kernels.js';
