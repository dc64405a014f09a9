// Judges what a file says after its structure has been found sound.
import { decode, type DecodeOptions } from '../decode/decode.js';
import type { TfliteModel } from '../schema/table-types.js';
import { verifyCalls } from './verify-calls.js';
import { verifyMetadata } from './verify-metadata.js';
import { verifyOperator } from './verify-operator.js';
import { verifyOrder } from './verify-order.js';
import { verifyReferences } from './verify-references.js';
import { verifyTensor } from './verify-tensor.js';

/**
 * Throws a WherryError (`TFLITE_*`) with the path and, when the model was decoded from a file, the byte of the first thing
 * that a runtime could not be trusted with. What passes does not make TensorFlow Lite Micro index outside of its tensors.
 */
export function verifyModel(model: TfliteModel): void {
  verifyReferences(model);
  model.subgraphs?.forEach((subgraph, s) => {
    subgraph.tensors?.forEach((tensor, t) => verifyTensor(model, subgraph, tensor, `subgraphs[${s}].tensors[${t}]`));
    verifyOrder(model, subgraph, `subgraphs[${s}]`);
    subgraph.operators?.forEach((operator, o) =>
      verifyOperator(model, subgraph, operator, `subgraphs[${s}].operators[${o}]`),
    );
  });
  verifyCalls(model);
  verifyMetadata(model);
}

/** Reads a file and judges it, structure and content. Returns the model, so that nobody needs to read it twice. */
export function verify(bytes: Uint8Array, options: DecodeOptions = {}): TfliteModel {
  const model = decode(bytes, options);
  verifyModel(model);
  return model;
}
