// What the WebAssembly module exports: int8 layers in 128-bit vectors, bit for bit as the reference kernels compute them.
export { add } from './add';
export { centre } from './centre';
export { convolve } from './convolve';
export { convolveDepthwise } from './convolve-depthwise';
export { lookUp } from './look-up';
export { copyRuns, fill } from './move';
export { multiply } from './multiply';
export { pool } from './pool';
export { product } from './product';
export { reduce } from './reduce';
