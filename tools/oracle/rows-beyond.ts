// What the runtimes compute rightly though no row of their tables says so: types that nothing here writes, or that rest on chance.
import type { OpKind } from '@wherry/graph';
import type { RowTypes } from './row-graph.js';

/** Of ones at several scales they give the same when they read the first for all: a difference, a quotient, a share, an order. */
const scaleIsLost: readonly OpKind[] = ['SUB', 'SQUARED_DIFFERENCE', 'DIV', 'SOFTMAX', 'TOPK_V2'];

export function knownBeyond(runtime: 'tflm-reference' | 'litert-xnnpack', kind: OpKind, types: RowTypes): boolean {
  if (types.scales === 'per-axis' && scaleIsLost.includes(kind)) return true;
  return runtime === 'tflm-reference' ? knownOfMicro(kind, types) : knownOfLitert(kind, types);
}

function knownOfMicro(kind: OpKind, { activations, output }: RowTypes): boolean {
  // The oracle is two months younger than the snapshot that the table was read from.
  if (kind === 'CAST') return output === 'bool';
  if (kind === 'RSQRT') return activations === 'int16';
  // Bytes are copied whatever they are; float16 tensors have no other operator.
  return ['RESHAPE', 'SQUEEZE', 'SHAPE'].includes(kind) && activations === 'float16';
}

function knownOfLitert(kind: OpKind, { activations, weights, output, bias }: RowTypes): boolean {
  // Kernels for float16 tensors came in the course of 2.x; here float16 is a type of constants.
  if (activations === 'float16' || output === 'float16') return true;
  // Mixtures of 8-bit types and 4-bit weights with 16-bit activations: no converter writes them.
  if (weights !== undefined && weights !== activations) {
    return activations === 'uint8' || weights === 'uint8' || (activations === 'int16' && weights === 'int4');
  }
  if (bias !== undefined) return false;
  // A real number stays one.
  if (kind === 'QUANTIZE') return activations === 'float32' && output === 'float32';
  return kind === 'SOFTMAX' && activations === 'uint8' && output === 'int16';
}
