// The graph language: everything that the other packages may use.
export * from './arithmetic/activation.js';
export * from './arithmetic/add-sub.js';
export { wideBias, type BiasTyped } from './arithmetic/bias-type.js';
export * from './arithmetic/fixed-point.js';
export * from './arithmetic/half-float.js';
export type { MultipliedPatches } from './arithmetic/multiplied-patches.js';
export { positiveAxis } from './arithmetic/moving.js';
export * from './arithmetic/patches.js';
export * from './arithmetic/pooling.js';
export * from './arithmetic/product.js';
export * from './arithmetic/reduction.js';
export * from './arithmetic/requantize.js';
export { squaredDifferenceScales, type SquaredDifferenceScales } from './arithmetic/squared-difference.js';
export { bilinearNeighbours, bilinearNeighboursFloat } from './arithmetic/resizing.js';
export {
  gateOperands as lstmGates,
  lstmCell,
  lstmHidden,
  lstmInput,
  lstmScales,
  lstmSizes,
  type LstmScales,
} from './arithmetic/lstm.js';
export { logisticStepsOf, sigmoidPlaces, tanhStepsOf, type SigmoidSteps } from './arithmetic/sigmoid-look-up.js';
export * from './arithmetic/softmax-exponentials.js';
export { softmaxDifferences, softmaxTables } from './arithmetic/softmax-int16.js';
export { reducedMultiplier } from './arithmetic/wide-fixed-point.js';
export * from './arithmetic/window.js';
export * from './builder.js';
export * from './cost.js';
export * from './data-type.js';
export * from './diagnostics/counted.js';
export * from './diagnostics/diagnostic.js';
export * from './diagnostics/exit-code.js';
export * from './diagnostics/graph-diagnostics.js';
export * from './diagnostics/memory-exhausted.js';
export * from './diagnostics/numbers.js';
export * from './evaluate.js';
export * from './executor.js';
export * from './graph-editor.js';
export * from './in-turn.js';
export * from './infer.js';
export * from './intermediates.js';
export * from './ir.js';
export * from './kernel-for.js';
export * from './op-definition.js';
export type * from './operand-role.js';
export * from './operands-of.js';
export * from './operators-document.js';
export * from './ops/index.js';
export * from './print.js';
export * from './shape.js';
export * from './single-operator.js';
export * from './states.js';
export * from './verify.js';
export { webAssembly, type Memory, type Module } from './web-assembly.js';
