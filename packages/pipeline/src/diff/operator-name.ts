// What a comparison calls an operator.
import type { OperatorName } from './document.js';
import type { RawOperator } from './raw-graph.js';

export function operatorName({ index, kind, layer, version }: RawOperator): OperatorName {
  return { index, kind, layer, version };
}
