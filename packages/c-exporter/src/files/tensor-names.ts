// The inputs and outputs of a model with the part of their C names that tells them apart.
import type { ModelExport, TensorExport } from '../model-export.js';

export interface NamedTensor {
  readonly tensor: TensorExport;
  /** `input_0`, `output_1`. */
  readonly suffix: string;
}

export function namedTensors({ inputs, outputs }: ModelExport): readonly NamedTensor[] {
  return [
    ...inputs.map((tensor, at) => ({ tensor, suffix: `input_${at}` })),
    ...outputs.map((tensor, at) => ({ tensor, suffix: `output_${at}` })),
  ];
}
