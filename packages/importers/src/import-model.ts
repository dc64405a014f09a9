// The entry of the importers: recognises a model by its bytes and gives its graph.
import { WherryError, type Diagnostic, type Graph } from '@wherry/graph';
import { importDiagnostics } from './diagnostics.js';
import { findSuperblock } from './hdf5/superblock.js';
import { importKeras, importKerasArchive } from './keras/import-keras.js';
import { importTflite, type ImportTfliteOptions } from './tflite/import-tflite.js';

export interface ModelSource {
  readonly format: 'keras' | 'keras-hdf5' | 'tflite';
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

interface Importer {
  matches(bytes: Uint8Array): boolean;
  open(bytes: Uint8Array, options: ImportTfliteOptions): ImportedModel;
}

const importers: readonly Importer[] = [
  // First, as the HDF5 file inside would be found too.
  {
    matches: (bytes) => startsWith(bytes, 0, 'PK\u0003\u0004'),
    open: (bytes) => {
      const { graph, kerasVersion, warnings } = importKerasArchive(bytes);
      return { graph, source: { format: 'keras', producer: 'Keras', version: kerasVersion }, warnings };
    },
  },
  {
    matches: (bytes) => findSuperblock(bytes) >= 0,
    open: (bytes) => {
      const { graph, kerasVersion, warnings } = importKeras(bytes);
      return { graph, source: { format: 'keras-hdf5', producer: 'Keras', version: kerasVersion }, warnings };
    },
  },
  {
    matches: (bytes) => startsWith(bytes, 4, 'TFL3'),
    open: (bytes, options) => {
      const { graph, description, warnings } = importTflite(bytes, options);
      return { graph, source: { format: 'tflite', producer: description || 'unknown', version: 'unknown' }, warnings };
    },
  },
];

const importable = 'Keras .keras, .h5 and .hdf5, TensorFlow Lite .tflite';

/** Formats that are recognised only to say what to do about them. */
const known: readonly {
  readonly name: string;
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly next: string;
}[] = [
  {
    name: 'a TensorFlow.js model',
    matches: isTensorflowJs,
    next: 'convert it with tensorflowjs_converter --input_format tfjs_layers_model --output_format keras',
  },
  {
    name: 'a pickle',
    matches: (bytes) => bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5,
    next: 'save the model with model.save("model.h5"); a pickle is a program and is not opened',
  },
  {
    name: 'a SavedModel or another protobuf file',
    matches: isSavedModel,
    next: 'convert the folder with tf.lite.TFLiteConverter.from_saved_model(...) without optimizations and give the .tflite',
  },
  { name: 'an ONNX model', matches: isOnnx, next: 'convert it with onnx2tf and give the float .tflite that it writes' },
];

/**
 * Reads a Keras .keras/.h5/.hdf5 or a .tflite file. The bytes decide, never the name; `fileName` only appears in messages.
 * Throws WherryError; nothing else.
 */
export function importModel(
  bytes: Uint8Array,
  options: { readonly fileName?: string } & ImportTfliteOptions = {},
): ImportedModel {
  const importer = importers.find((candidate) => candidate.matches(bytes));
  if (importer !== undefined) return importer.open(bytes, options);
  const where = options.fileName;
  const format = known.find((candidate) => candidate.matches(bytes));
  if (format !== undefined) {
    throw new WherryError(importDiagnostics.IMPORT_FORMAT_UNSUPPORTED, {
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

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return bytes.length >= at + text.length && [...text].every((char, i) => bytes[at + i] === char.charCodeAt(0));
}

function head(bytes: Uint8Array, length: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, length));
}

function isTensorflowJs(bytes: Uint8Array): boolean {
  const text = head(bytes, 4096).trimStart();
  return (
    text.startsWith('{') &&
    (text.includes('"modelTopology"') ||
      text.includes('"weightsManifest"') ||
      text.includes('"layers-model"') ||
      text.includes('"graph-model"'))
  );
}

/** saved_model.pb: field 1 is the schema version 1, field 2 a message. */
function isSavedModel(bytes: Uint8Array): boolean {
  return bytes[0] === 0x08 && bytes[1] === 0x01 && bytes[2] === 0x12;
}

/** ModelProto: field 1 is the IR version, then names of producer, domain and graph follow. */
function isOnnx(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x08 &&
    bytes[1]! >= 1 &&
    bytes[1]! <= 20 &&
    (bytes[2] === 0x12 || bytes[2] === 0x1a || bytes[2] === 0x3a)
  );
}
