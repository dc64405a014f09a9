// The refusals of the importers, one entry per code.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const importDiagnostics = defineDiagnostics({
  IMPORT_UNKNOWN_FORMAT: {
    exitCode: exitCodes.modelRejected,
    title: 'The file is not a model format that can be read',
    explanation:
      'The format is recognised by the bytes of the file, never by its name. Keras .h5/.hdf5 files start with an HDF5 ' +
      'signature, .keras files are zip archives, TensorFlow Lite files carry the identifier TFL3 at byte 4. Anything ' +
      'else cannot be imported.',
  },
  IMPORT_FORMAT_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The file is a model in a format that has to be converted first',
    explanation:
      'Keras .keras/.h5/.hdf5 and TensorFlow Lite .tflite files are imported. Other formats are recognised so that the ' +
      'message can say how to get one of these out of them.',
  },
  IMPORT_INPUT_TYPE: {
    exitCode: exitCodes.ok,
    title: 'An input of whole numbers is taken as one of real numbers',
    explanation:
      'A warning. The file casts integers such as the bytes of a camera to floats before it computes with them. That cast is ' +
      'left out: samples are given with the same values, and the deployed input is quantized like any other.',
  },
  IMPORT_BATCH_OF_ONE: {
    exitCode: exitCodes.ok,
    title: 'The model was built for several samples at once and runs one at a time',
    explanation:
      'A warning. The first dimension of inputs and outputs is the batch. A device has one sample at a time, so a fixed batch ' +
      'becomes 1; each sample gives what it would give within the batch.',
  },
  IMPORT_BATCH_FIXED: {
    exitCode: exitCodes.unsupported,
    title: 'The model computes on a fixed batch of samples together',
    explanation:
      'The first dimension of inputs and outputs is the batch, and a device has one sample at a time. Where the model mixes ' +
      'the samples of a batch, or has their number written into its shapes, it has no meaning for one.',
  },
  HDF5_TRUNCATED: {
    exitCode: exitCodes.modelRejected,
    title: 'The HDF5 file ends before its own structures do',
    explanation:
      'An address or a length in the file points behind its last byte. Usually a download or a copy stopped early; a ' +
      'file that was still open for writing looks the same.',
  },
  HDF5_INVALID: {
    exitCode: exitCodes.modelRejected,
    title: 'The HDF5 file contradicts its own format',
    explanation:
      'A signature, version, length or link of the HDF5 file format does not hold at the named byte. The file is damaged ' +
      'or was not written by an HDF5 library.',
  },
  HDF5_CHECKSUM: {
    exitCode: exitCodes.modelRejected,
    title: 'A checksum in the HDF5 file does not match its bytes',
    explanation:
      'HDF5 stores checksums of its metadata and, where a filter asks for it, of data. The named block has changed since it was written.',
  },
  HDF5_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The HDF5 file uses a feature that model files do not need',
    explanation:
      'The reader covers what Keras and h5py write for models. Rare features of HDF5 (compound types, references, ' +
      'committed types, filters other than deflate, shuffle and fletcher32) are named and refused.',
  },
  HDF5_OUTSIDE_FILE: {
    exitCode: exitCodes.modelRejected,
    title: 'The HDF5 file asks for data in another file',
    explanation:
      'External links, external storage and virtual datasets make a reader open other files of the machine it runs on. ' +
      'A model file has no need of them, so they are refused and nothing outside of the given bytes is ever opened.',
  },
  HDF5_NO_STORAGE: {
    exitCode: exitCodes.modelRejected,
    title: 'A dataset of the HDF5 file has a shape but no stored values',
    explanation:
      'HDF5 lets a dataset be declared without ever being written; readers then invent its fill value. Invented values ' +
      'must not pass as weights, so such a dataset is refused.',
  },
  HDF5_LIMIT: {
    exitCode: exitCodes.modelRejected,
    title: 'Reading the HDF5 file would take more work or memory than its size justifies',
    explanation:
      'Structures that point at each other, or shapes far larger than the stored bytes, make a small file expensive. The ' +
      'work and memory of reading are bounded by a multiple of the file size.',
  },
  KERAS_NO_CONFIG: {
    exitCode: exitCodes.modelRejected,
    title: 'The file holds weights but no model',
    explanation:
      'Only files written by model.save(...) describe the layers. Files written by save_weights(...) hold numbers alone.',
  },
  KERAS_ARCHIVE_INVALID: {
    exitCode: exitCodes.modelRejected,
    title: 'The zip archive cannot be read as a .keras file',
    explanation:
      'A .keras file is a zip archive with config.json, model.weights.h5 and metadata.json at its top. Only these are ' +
      'opened, each checked by its checksum, and none may grow far beyond what is stored.',
  },
  KERAS_CONFIG_INVALID: {
    exitCode: exitCodes.modelRejected,
    title: 'The model configuration inside the Keras file cannot be understood',
    explanation:
      'The attribute model_config, or config.json of a .keras file, is read as plain data. It has to be JSON in the form Keras writes: layers with a class ' +
      'name, a configuration and, in functional models, the layers they take their inputs from.',
  },
  KERAS_LAYER_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The model has a layer that cannot be imported',
    explanation: 'Layers are imported from a fixed list. The message names the layer and what to use in its place.',
  },
  KERAS_LAYER_DANGEROUS: {
    exitCode: exitCodes.modelRejected,
    title: 'The model has a layer that carries program code',
    explanation:
      'Lambda layers and the like store Python code that would run when Keras loads the file. Model files are data here: ' +
      'nothing in them is ever run, so such a layer has no meaning and is refused.',
  },
  KERAS_OPTION_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'A layer uses an option that cannot be imported',
    explanation:
      'The layer itself is known, but not with the named setting. The message says which setting to change before saving.',
  },
  KERAS_WEIGHTS_MISMATCH: {
    exitCode: exitCodes.modelRejected,
    title: 'The stored weights do not fit the layer',
    explanation: 'Number, shape or type of the arrays stored for a layer differ from what its configuration asks for.',
  },
  KERAS_WEIGHTS_AMBIGUOUS: {
    exitCode: exitCodes.ok,
    title: 'The names in the file do not tell for certain which weight belongs to which layer',
    explanation:
      'A warning. Keras saves the weights of a model inside of the model as one list and loads them by their order; their ' +
      'names usually say the same. Here they are missing, renamed, or say otherwise. The message says how it was decided.',
  },
  KERAS_SHAPE: {
    exitCode: exitCodes.modelRejected,
    title: 'The shapes of the model do not work out',
    explanation:
      'Every dimension but the batch has to be fixed for a microcontroller, and each layer has to accept the shape its ' +
      'input has. A batch of unknown size becomes 1.',
  },
  TFLITE_HYBRID: {
    exitCode: exitCodes.modelRejected,
    title: 'The .tflite file mixes float activations with integer weights',
    explanation:
      'Dynamic-range quantization rounds the weights and keeps the activations float. A layer with weights may be so, and ' +
      'runs where the runtime has hybrid kernels, which no microcontroller runtime has. Here the integers are no weights of ' +
      'such a layer, or have no scale, so that nothing says what real values they stand for.',
  },
  TFLITE_SIGNATURES: {
    exitCode: exitCodes.ok,
    title: 'The .tflite file holds several models, and one of them is taken',
    explanation:
      'A warning. A file may have several signatures, each a function with inputs and outputs of its own. One is deployed: that ' +
      'called serving_default, or the first. The firmware of a microcontroller can run no other.',
  },
  TFLITE_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The .tflite file uses a feature that cannot be imported',
    explanation:
      'Control flow, variables, custom operators and tensors of sparse or resource type have no counterpart here. The message names the operator or tensor.',
  },
  TFLITE_OPERATOR_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The .tflite file has an operator that cannot be imported',
    explanation:
      'The operator is not among those this version knows. The message says which one it is and at which place of the file.',
  },
  TFLITE_INVALID: {
    exitCode: exitCodes.modelRejected,
    title: 'The .tflite file contradicts itself',
    explanation: 'A tensor, an operator or an option in the file breaks a rule of the format. The message says which.',
  },
});
