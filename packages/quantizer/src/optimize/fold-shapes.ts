// Computes now the shapes and indices that a model would compute at run time: they follow from shapes, which are fixed.
import { tensorAt, type DataType } from '@wherry/graph';
import { foldWhere } from './fold-constants.js';
import type { Rewrite } from './rewrite.js';

/** Whole numbers without a scale are counted, not measured: whoever computes them gets the same. */
const counts: ReadonlySet<DataType> = new Set<DataType>(['int32', 'int64', 'bool']);

export const foldShapes: Rewrite = {
  name: 'fold-shapes',
  what: 'computed shapes and indices, which depend on no input',
  apply: (graph) =>
    foldWhere(graph, ({ outputs }) =>
      outputs.every((id) => {
        const { dtype, quantization } = tensorAt(graph, id);
        return counts.has(dtype) && quantization === undefined;
      }),
    ),
};
