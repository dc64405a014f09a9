// The refusals of the Keras importer, so that each place states only what is wrong and where.
import { WherryError } from '@wherry/graph';
import { importDiagnostics } from '../diagnostics.js';

export function invalidConfig(what: string, where?: string): never {
  throw new WherryError(importDiagnostics.KERAS_CONFIG_INVALID, {
    what: `the model configuration cannot be used: ${what}`,
    where,
    next: 'load the model in Keras and save it again with model.save("model.h5")',
  });
}

export function unsupportedOption(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_OPTION_UNSUPPORTED, { what, where: `layer ${layer}`, next });
}

export function unsupportedLayer(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_LAYER_UNSUPPORTED, { what, where: `layer ${layer}`, next });
}

/** What works for a class made from Keras' models, and what for a model that is code alone. */
export const MODEL_IN_PLACE =
  'if that class has no call() of its own, take keras.Model(m.inputs, m.outputs) in place of such a model m; otherwise build the same from its layers with keras.Input(...) and keras.Model(inputs, outputs)';
const MODEL_FROM_CALL =
  'in Python, where m is the model: x = keras.Input(shape=...), then keras.Model(x, m.call(x)).save("model.keras"), which works when its call() applies nothing but layers';

export function foreignModel(className: string, holdsLayers: boolean): never {
  throw new WherryError(importDiagnostics.KERAS_LAYER_UNSUPPORTED, {
    what: `the model is of the class ${className}, one of the program that saved it and not Keras' own: what such a class does is not in the file`,
    where: 'the model as a whole',
    next: holdsLayers ? `${MODEL_IN_PLACE}; save that with .save("model.keras")` : MODEL_FROM_CALL,
  });
}

export function dangerousLayer(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_LAYER_DANGEROUS, { what, where: `layer ${layer}`, next });
}

export function weightsMismatch(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_WEIGHTS_MISMATCH, { what, where: `layer ${layer}`, next });
}

export function badShape(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_SHAPE, { what, where: `layer ${layer}`, next });
}
