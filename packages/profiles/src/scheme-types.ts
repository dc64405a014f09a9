// Which rows of a kernel table a scheme needs: the types of a layer's activations and weights.
import type { DataType } from '@wherry/graph';
import type { SchemeName } from './scheme-names.js';
import type { RuntimeKernels } from './runtime-kernels.js';

export interface SchemeTypes {
  readonly activations: DataType;
  readonly weights: DataType;
}

export const schemeTypes: { readonly [S in SchemeName]: SchemeTypes } = {
  float32: { activations: 'float32', weights: 'float32' },
  // Weights are made float32 again before they are used.
  float16: { activations: 'float32', weights: 'float32' },
  'dynamic-range': { activations: 'float32', weights: 'int8' },
  int8: { activations: 'int8', weights: 'int8' },
  int16x8: { activations: 'int16', weights: 'int8' },
  int4: { activations: 'int8', weights: 'int4' },
};

/** Whether any operator with weights has a row for the scheme. */
export function hasRowsFor({ operators }: Pick<RuntimeKernels, 'operators'>, scheme: SchemeName): boolean {
  const { activations, weights } = schemeTypes[scheme];
  return Object.values(operators).some(({ rows }) =>
    rows.some((row) => row.activations === activations && row.weights === weights),
  );
}
