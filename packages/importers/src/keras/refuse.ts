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

export function dangerousLayer(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_LAYER_DANGEROUS, { what, where: `layer ${layer}`, next });
}

export function weightsMismatch(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_WEIGHTS_MISMATCH, { what, where: `layer ${layer}`, next });
}

export function badShape(what: string, layer: string, next: string): never {
  throw new WherryError(importDiagnostics.KERAS_SHAPE, { what, where: `layer ${layer}`, next });
}
