// The refusals of the TensorFlow Lite importer.
import { WherryError } from '@wherry/graph';
import { importDiagnostics } from '../diagnostics.js';

export function invalidModel(what: string, where: string): never {
  throw new WherryError(importDiagnostics.TFLITE_INVALID, {
    what,
    where,
    next: 'convert the model again with tf.lite.TFLiteConverter and give that file',
  });
}

export function unsupportedFeature(what: string, where: string, next: string): never {
  throw new WherryError(importDiagnostics.TFLITE_UNSUPPORTED, { what, where, next });
}

export function unsupportedOperator(what: string, where: string, next: string): never {
  throw new WherryError(importDiagnostics.TFLITE_OPERATOR_UNSUPPORTED, { what, where, next });
}
