// The public face of this package.
export * from './c-header.js';
export { hexadecimal, textLimit, type Field } from './fields.js';
export {
  decodeFrame,
  encodeFrame,
  frameOverhead,
  headerBytes,
  longestStuffed,
  shortestStuffed,
  type Frame,
} from './frame.js';
export * from './frame-reader.js';
export * from './message-table.js';
export * from './messages.js';
export * from './element-format.js';
export * from './model-layout.js';
export * from './protocol-document.js';
export * from './protocol-fault.js';
