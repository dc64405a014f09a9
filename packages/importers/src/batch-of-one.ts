// A model built for several samples at once is imported for one: says so, or refuses where samples depend on one another.
import { diagnose, tensorAt, WherryError, type Diagnostic, type Graph } from '@wherry/graph';
import { importDiagnostics } from './diagnostics.js';

/** The warning for a graph of one sample whose file asks for `batch`. Throws IMPORT_BATCH_FIXED where an output has more. */
export function batchOfOne(graph: Graph, batch: number): Diagnostic {
  for (const id of graph.outputs) {
    const { name, shape } = tensorAt(graph, id);
    if (shape.length > 0 && shape[0] !== 1)
      refuseBatch(batch, `with one sample, the output ${name} has ${shape[0]} rows`);
  }
  return diagnose(importDiagnostics.IMPORT_BATCH_OF_ONE, {
    what: `the model was built for a batch of ${batch} samples; it was imported for one sample at a time, as devices run it`,
    next: 'give data as single samples; build the model with batch_size=None or 1 to be rid of this warning',
  });
}

export function refuseBatch(batch: number, why: string): never {
  throw new WherryError(importDiagnostics.IMPORT_BATCH_FIXED, {
    what: `the model was built for a batch of ${batch} samples and cannot be run for one: ${why}`,
    next: 'build the model with batch_size=None or 1, copy the weights (new.set_weights(old.get_weights())), and save or convert that',
  });
}
