// The decisions of quantization as a value: everything that apply will do, with the reason beside each.
import type { TensorFormat } from './number-format.js';
import type { SchemeName } from './schemes/scheme.js';
import type { WrittenFormats } from './written-formats.js';

export interface NodeDecision {
  /** Position in `graph.nodes`. */
  readonly node: number;
  /** Null for nodes that compute shapes and indices. */
  readonly scheme: SchemeName | null;
  /** What the node reads of each input, in order; null where it is left out, or taken as it is (axes, shapes). */
  readonly reads: readonly (TensorFormat | null)[];
  readonly reason: string;
}

export interface QuantizationPlan {
  /** What was asked for; single nodes may be computed in another one. */
  readonly scheme: SchemeName;
  /** What each graph input is fed as; null for one that is no activation. */
  readonly inputs: readonly (TensorFormat | null)[];
  /** What each activation is written as, graph inputs once they are inside. A reader that wants another format gets a conversion. */
  readonly written: WrittenFormats;
  readonly nodes: readonly NodeDecision[];
  /** What each graph output is handed out as; null for one that is no activation. */
  readonly outputs: readonly (TensorFormat | null)[];
}
