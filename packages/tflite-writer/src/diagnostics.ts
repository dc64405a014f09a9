// The refusals of the codec.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const tfliteDiagnostics = defineDiagnostics({
  TFLITE_NOT_A_MODEL: {
    exitCode: exitCodes.modelRejected,
    title: 'The file is not a TensorFlow Lite model',
    explanation:
      'A .tflite file has the four letters TFL3 at byte 4. Without them it is another format, or the download was cut ' +
      'off or replaced by an error page.',
  },
  TFLITE_STRUCTURE: {
    exitCode: exitCodes.modelRejected,
    title: 'The file breaks the FlatBuffer format',
    explanation:
      'Every offset, table, vector and string must lie inside the file and be aligned for what it holds. The message ' +
      'gives the path of the field and the byte it stands at. Such a file is damaged, cut off, or made to attack its ' +
      'reader: the runtime on the device would follow the offset without looking.',
  },
  TFLITE_LIMIT: {
    exitCode: exitCodes.modelRejected,
    title: 'The file is larger or deeper than a model can be',
    explanation:
      'FlatBuffer offsets reach 2 GiB. A file whose parts refer to each other so often that reading them takes far more ' +
      'work than its size is refused as well, as is nesting beyond the depth of the schema.',
  },
  TFLITE_NEWER_SCHEMA: {
    exitCode: exitCodes.modelRejected,
    title: 'The file uses something that the known schema does not have',
    explanation:
      'A field, type, operator or enum value outside of the schema: the file is newer than this tool, or damaged. It ' +
      'could only be carried over by losing that part, so it is refused.',
  },
  TFLITE_REFERENCE: {
    exitCode: exitCodes.modelRejected,
    title: 'The model refers to something that is not there',
    explanation:
      'Tensors, buffers, operator codes, subgraphs, signatures and metadata refer to each other by number. A number ' +
      'outside of its list makes the runtime read memory that is not its own.',
  },
  TFLITE_TENSOR: {
    exitCode: exitCodes.modelRejected,
    title: 'A tensor contradicts itself',
    explanation:
      'A shape must be countable, constant data must have as many bytes as shape and type say, and quantization must ' +
      'have finite scales above zero and an axis within the rank.',
  },
  TFLITE_ORDER: {
    exitCode: exitCodes.modelRejected,
    title: 'The operators cannot run in the order of the file',
    explanation:
      'Every tensor has one writer, which stands before its readers, and subgraphs do not call each other in a circle. ' +
      'The runtime runs operators in file order and would compute with memory that nobody has written.',
  },
  TFLITE_OPERATOR: {
    exitCode: exitCodes.modelRejected,
    title: 'An operator is given what its kernel cannot take',
    explanation:
      'Kernels on the device index by what the model says: operands that are missing, strides or block sizes of zero, ' +
      'axes and indices out of range lead to a division by zero or to memory outside of the tensor.',
  },
  TFLITE_METADATA: {
    exitCode: exitCodes.modelRejected,
    title: 'Metadata of the model is wrong',
    explanation:
      'Some metadata is followed by the runtime without a look: a memory plan (OfflineMemoryAllocation) says where in the ' +
      'arena each tensor goes, and a wrong one makes the device write outside of the arena or over values that are still ' +
      'needed. It must be of version 1, have one offset per tensor, each -1 or a multiple of 16 within bounds, and no two ' +
      'tensors may share memory while both are in use. Entries of this tool (wherry.provenance) must hold what it writes.',
  },
  TFLITE_ENCODE: {
    exitCode: exitCodes.modelRejected,
    title: 'The model cannot be written as a TensorFlow Lite file',
    explanation:
      'The file format has no place for something in the model: a value outside of its field, a data type that the ' +
      'schema does not know, or more than 2 GiB.',
  },
});
