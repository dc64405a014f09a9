// Which subgraph a runtime starts: that of the default signature, or the first.
import type { TfliteModel } from '@wherry/tflite-writer';

export function mainSubgraph(model: TfliteModel): number {
  const signatures = model.signature_defs ?? [];
  const main = signatures.find((signature) => signature.signature_key === 'serving_default') ?? signatures[0];
  return main?.subgraph_index ?? 0;
}
