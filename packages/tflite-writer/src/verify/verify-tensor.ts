// A tensor must agree with itself: shape, data, quantization, sparsity.
import { positionOf } from '../decode/decode-table.js';
import { tfliteDiagnostics } from '../diagnostics.js';
import { refuse } from '../refuse.js';
import type { SubGraph, Table, TfliteModel, TfliteTensor } from '../schema/table-types.js';
import { tensorTypeBits } from '../schema/tensor-type-bits.js';
import { constantBytes, countElements } from './tensor-facts.js';
import { inRange } from './verify-references.js';

/** Offsets and sizes in the runtimes are signed 32-bit numbers. */
const maxBytes = 2 ** 31 - 1;

export function verifyTensor(model: TfliteModel, subgraph: SubGraph, tensor: TfliteTensor, path: string): void {
  const shape = tensor.shape ?? [];
  const elements = countElements(shape);
  const bits = tensorTypeBits[tensor.type];
  if (elements === undefined || elements * ((bits ?? 8) / 8) > maxBytes) {
    contradiction(
      `the shape [${shape.join(', ')}] of ${tensor.type} cannot be counted in 31 bits`,
      `${path}.shape`,
      tensor,
    );
  }
  verifySignatureShape(tensor, shape, path);
  const data = constantBytes(model, tensor);
  if (data !== undefined) verifyData(tensor, data, elements, bits, path);
  if (tensor.quantization !== undefined) verifyQuantization(subgraph, tensor, tensor.quantization, path);
  tensor.sparsity?.traversal_order?.forEach((dimension, i, order) => {
    inRange(dimension, order, `${path}.sparsity.traversal_order[${i}]`, 'traversed dimensions', tensor);
  });
  tensor.sparsity?.block_map?.forEach((dimension, i) => {
    inRange(dimension, shape, `${path}.sparsity.block_map[${i}]`, 'dimensions', tensor);
  });
}

function verifySignatureShape(tensor: TfliteTensor, shape: readonly number[], path: string): void {
  const signature = tensor.shape_signature ?? [];
  if (signature.length === 0) return;
  if (signature.length !== shape.length || signature.some((d, i) => d !== -1 && d !== shape[i])) {
    const what = `the signature [${signature.join(', ')}] does not go with the shape [${shape.join(', ')}]`;
    contradiction(what, `${path}.shape_signature`, tensor);
  }
}

function verifyData(tensor: TfliteTensor, data: Uint8Array, elements: number, bits: number | null, path: string): void {
  if (tensor.type === 'STRING') verifyStrings(tensor, data, path);
  if (bits === null || tensor.sparsity !== undefined) return;
  const expected = Math.ceil((elements * bits) / 8);
  if (data.byteLength === expected) return;
  const what = `${tensor.type} [${(tensor.shape ?? []).join(', ')}] takes ${expected} bytes, its buffer has ${data.byteLength}`;
  contradiction(what, `${path}.buffer`, tensor);
}

/** A string tensor holds a count, count + 1 offsets from the start of the buffer, and the characters, all little-endian. */
function verifyStrings(tensor: TfliteTensor, data: Uint8Array, path: string): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = data.byteLength >= 4 ? view.getInt32(0, true) : -1;
  const header = 4 * (count + 2);
  if (count < 0 || header > data.byteLength) contradiction('the string table is cut off', `${path}.buffer`, tensor);
  let last = header;
  for (let i = 0; i <= count; i++) {
    const offset = view.getInt32(4 + 4 * i, true);
    if (offset < last || offset > data.byteLength) {
      contradiction(`string ${i} starts at ${offset}, outside of its place`, `${path}.buffer`, tensor);
    }
    last = offset;
  }
}

function verifyQuantization(
  subgraph: SubGraph,
  tensor: TfliteTensor,
  quantization: Table<'QuantizationParameters'>,
  path: string,
): void {
  const { scale = [], zero_point: zeroPoint = [], quantized_dimension: axis, details } = quantization;
  const where = `${path}.quantization`;
  const bad = scale.findIndex((value) => !(value > 0 && value < Infinity));
  if (bad >= 0) contradiction(`the scale ${scale[bad]} is not finite and above zero`, `${where}.scale[${bad}]`, tensor);
  // The number of scales is not compared with the dimension: models that are known to run have other numbers of them.
  if (zeroPoint.length !== scale.length && zeroPoint.length > 0 && scale.length > 0) {
    contradiction(`${scale.length} scales go with ${zeroPoint.length} zero points`, `${where}.zero_point`, tensor);
  }
  // Nobody reads the axis of a bias (its values go with the filter's), and converters have written the filter's.
  if (tensor.type !== 'INT32' && (scale.length > 1 || axis !== 0)) {
    inRange(axis, tensor.shape, `${where}.quantized_dimension`, 'dimensions', quantization);
  }
  if (details === undefined || details.type === 'CustomQuantization') return;
  inRange(details.value.scales, subgraph.tensors, `${where}.details.scales`, 'tensors', details.value);
  inRange(details.value.zero_points, subgraph.tensors, `${where}.details.zero_points`, 'tensors', details.value, -1);
  if (details.value.block_size < 1) contradiction('the block size is below 1', `${where}.details.block_size`, tensor);
}

function contradiction(what: string, path: string, owner: object): never {
  refuse(tfliteDiagnostics.TFLITE_TENSOR, what, path, positionOf(owner));
}
