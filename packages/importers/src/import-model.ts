// The entry of the importers: recognises a model by its bytes and gives its graph.
import { WherryError, type Diagnostic, type Graph } from '@wherry/graph';
import { importDiagnostics } from './diagnostics.js';
import { fileFormat, type ImportedFormat } from './file-format.js';
import { importKeras, importKerasArchive } from './keras/import-keras.js';
import { importTflite, type ImportTfliteOptions } from './tflite/import-tflite.js';

export interface ModelSource {
  readonly format: ImportedFormat['imported'];
  /** Who wrote the file, as far as it says. */
  readonly producer: string;
  /** The producer's version, or `unknown`. */
  readonly version: string;
}

export interface ImportedModel {
  /** Verified; shapes static, a batch of unknown size is 1. */
  readonly graph: Graph;
  readonly source: ModelSource;
  /** What the file leaves open or was changed in importing, for the report. */
  readonly warnings: readonly Diagnostic[];
}

type Open = (bytes: Uint8Array, options: ImportTfliteOptions) => ImportedModel;

const importers: Readonly<Record<ImportedFormat['imported'], Open>> = {
  keras: (bytes) => {
    const { graph, kerasVersion, warnings } = importKerasArchive(bytes);
    return { graph, source: { format: 'keras', producer: 'Keras', version: kerasVersion }, warnings };
  },
  'keras-hdf5': (bytes) => {
    const { graph, kerasVersion, warnings } = importKeras(bytes);
    return { graph, source: { format: 'keras-hdf5', producer: 'Keras', version: kerasVersion }, warnings };
  },
  tflite: (bytes, options) => {
    const { graph, description, warnings } = importTflite(bytes, options);
    return { graph, source: { format: 'tflite', producer: description || 'unknown', version: 'unknown' }, warnings };
  },
};

const importable = 'Keras .keras, .h5 and .hdf5, TensorFlow Lite .tflite';

/**
 * Reads a Keras .keras/.h5/.hdf5 or a .tflite file. The bytes decide, never the name; `fileName` only appears in messages.
 * Throws WherryError; nothing else.
 */
export function importModel(
  bytes: Uint8Array,
  options: { readonly fileName?: string } & ImportTfliteOptions = {},
): ImportedModel {
  const format = fileFormat(bytes);
  if (format !== undefined && format.imported !== null) return importers[format.imported](bytes, options);
  const where = options.fileName;
  if (format !== undefined) {
    const code = format.isModel ? 'IMPORT_FORMAT_UNSUPPORTED' : 'IMPORT_UNKNOWN_FORMAT';
    throw new WherryError(importDiagnostics[code], {
      what: `the file is ${format.name}; ${importable} can be imported`,
      where,
      next: format.next,
    });
  }
  throw new WherryError(importDiagnostics.IMPORT_UNKNOWN_FORMAT, {
    what: `the file of ${bytes.length} bytes has neither the signature of HDF5 or a zip archive nor the identifier TFL3`,
    where,
    next: `give a file of one of these: ${importable}`,
  });
}
