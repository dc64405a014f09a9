// Exact execution of int8 graphs, fast.
export { int8Engine } from './int8-engine.js';
