// What a file is by its bytes: formats that are imported, and others that are known to say what to do about them.
import { findSuperblock } from './hdf5/superblock.js';

export interface ImportedFormat {
  /** With its article. */
  readonly name: string;
  readonly imported: 'keras' | 'keras-hdf5' | 'tflite';
}

export interface OtherFormat {
  readonly name: string;
  readonly imported: null;
  /** It is a model, which can be converted. */
  readonly isModel: boolean;
  /** How to come to a file that is imported. */
  readonly next: string;
}

interface Sniffed {
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly format: ImportedFormat | OtherFormat;
}

const formats: readonly Sniffed[] = [
  // First, as the HDF5 file inside would be found too.
  {
    matches: (bytes) => startsWith(bytes, 0, 'PK\u0003\u0004'),
    format: { name: 'a zip archive, as .keras files are', imported: 'keras' },
  },
  {
    matches: (bytes) => findSuperblock(bytes) >= 0,
    format: { name: 'an HDF5 file, as .h5 models are', imported: 'keras-hdf5' },
  },
  { matches: (bytes) => startsWith(bytes, 4, 'TFL3'), format: { name: 'a TensorFlow Lite model', imported: 'tflite' } },
  other('a TensorFlow.js model', isTensorflowJs, {
    next: 'convert it with tensorflowjs_converter --input_format tfjs_layers_model --output_format keras',
  }),
  other('a pickle', (bytes) => bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5, {
    next: 'save the model with model.save("model.h5"); a pickle is a program and is not opened',
  }),
  other('a SavedModel or another protobuf file', isSavedModel, {
    next: 'convert the folder with tf.lite.TFLiteConverter.from_saved_model(...) without optimizations and give the .tflite',
  }),
  other('an ONNX model', isOnnx, { next: 'convert it with onnx2tf and give the float .tflite that it writes' }),
  other('empty', (bytes) => bytes.length === 0, {
    isModel: false,
    next: 'write, copy or download the model again, to a disk with room',
  }),
  other('a pointer of Git LFS, which stands where the model belongs', isLfsPointer, {
    isModel: false,
    next: 'run `git lfs install`, then `git lfs pull` in its repository, which puts the model there',
  }),
  other('a page of HTML', isHtml, {
    isModel: false,
    next: 'download the file itself: the address that it came from shows a page about it, or asks to log in',
  }),
];

/** Undefined where it is none that is known. */
export function fileFormat(bytes: Uint8Array): ImportedFormat | OtherFormat | undefined {
  return formats.find(({ matches }) => matches(bytes))?.format;
}

function other(
  name: string,
  matches: Sniffed['matches'],
  { next, isModel = true }: { readonly next: string; readonly isModel?: boolean },
): Sniffed {
  return { matches, format: { name, imported: null, isModel, next } };
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

function isLfsPointer(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0, 'version https://git-lfs.github.com/spec/');
}

function isHtml(bytes: Uint8Array): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)\b/i.test(head(bytes, 512));
}
