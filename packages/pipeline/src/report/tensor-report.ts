// A tensor as the report has it: what a firmware needs to know to hand it in or take it out.
import { tensorAt, type Graph, type Quantization, type TensorId } from '@wherry/graph';

export interface TensorReport {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly scale: number | null;
  readonly zeroPoint: number | null;
}

export function tensorReport(graph: Graph, id: TensorId): TensorReport {
  const { name, shape, dtype, quantization } = tensorAt(graph, id);
  const single = (values: Quantization['scale'] | undefined): number | null => values?.[0] ?? null;
  return { name, shape, dtype, scale: single(quantization?.scale), zeroPoint: single(quantization?.zeroPoint) };
}
