// The refusals of the graph language itself.
import { defineDiagnostics } from './diagnostic.js';
import { exitCodes } from './exit-code.js';

export const graphDiagnostics = defineDiagnostics({
  GRAPH_INVALID: {
    exitCode: exitCodes.modelRejected,
    title: 'The graph breaks a rule of its own language',
    explanation:
      'After import and after every rewrite the graph is checked: each tensor has one writer, nodes stand in the order ' +
      'in which they can run, shapes and types are what the operators produce. A model that breaks such a rule cannot be ' +
      'given a meaning. If the file comes from an exporter, export it again with static shapes; if the message names a ' +
      'rewrite, it is a bug of this tool.',
  },
  GRAPH_OPERATOR_REQUIREMENT: {
    exitCode: exitCodes.modelRejected,
    title: 'An operator is given something its definition does not allow',
    explanation:
      'Every operator states its requirements as sentences (ranks, types, strides, constant operands). The message quotes ' +
      'the sentence that does not hold, with the layer it fails at.',
  },
  GRAPH_NO_KERNEL: {
    exitCode: exitCodes.unsupported,
    title: 'No reference kernel for this operator at this data type',
    explanation:
      'The reference evaluation covers float32 and int8 for every operator where TFLite Micro has a kernel, and the ' +
      'integer types an index or shape computation needs. The named operator is used with a type outside of that.',
  },
  GRAPH_FEED: {
    exitCode: exitCodes.usage,
    title: 'The data given to a graph input does not fit it',
    explanation: 'A graph input takes exactly as many elements as its shape has, in its own data type.',
  },
  MEMORY_EXHAUSTED: {
    exitCode: exitCodes.environment,
    title: 'The machine gave no more memory',
    explanation:
      'The memory of the machine is taken, or a limit of the process is reached. A large model needs a few times the size of ' +
      'its file and about 100 MB, each worker some of it anew. WebAssembly sets addresses aside, 10 GB for each of its memories, ' +
      'without using them: a limit on those (`ulimit -v`) has to be far above what is used.',
  },
});
