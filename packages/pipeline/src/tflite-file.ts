// The quantized graph as the bytes of a .tflite file that says what it was made from.
import type { Graph } from '@wherry/graph';
import { offlinePlanMetadata, offlinePlanMetadataName, type OfflinePlan } from '@wherry/memory-planner';
import type { Target } from '@wherry/profiles';
import { encode, graphToModel, verify, withMetadata, withProvenance, type Provenance } from '@wherry/tflite-writer';
import { sha256 } from './inputs/read-model-file.js';

/** What travels in the file beside the graph. */
export interface FileNotes {
  readonly provenance: Provenance;
  /** Carried where it is smaller than the plan that the runtime would make for itself. */
  readonly offline?: OfflinePlan | undefined;
  /** The numbers were seen to stay within float16, so that a runtime may compute and add up in it. */
  readonly halfArithmetic?: boolean;
}

/** Under this name LiteRT looks for what precision a model allows; the value says: float16, added up in float16. */
const precision = { name: 'reduced_precision_support', value: 'fp16accfp16' };

/** Encodes, and lets the verifier that guards the way in judge what goes out. */
export function encodeTflite(graph: Graph, notes: FileNotes): Uint8Array {
  const bytes = encoded(graph, notes);
  verify(bytes);
  return bytes;
}

/** How large the file of such a graph is, whatever its numbers mean. */
export function tfliteBytes(graph: Graph, notes: FileNotes): number {
  return encoded(graph, notes).length;
}

function encoded(graph: Graph, { provenance, offline, halfArithmetic }: FileNotes): Uint8Array {
  let model = withProvenance(graphToModel(graph, { tensorNames: 'io-only' }), provenance);
  if (halfArithmetic === true) model = withMetadata(model, precision.name, new TextEncoder().encode(precision.value));
  if (offline !== undefined)
    model = withMetadata(model, offlinePlanMetadataName, littleEndian(offlinePlanMetadata(offline)));
  return encode(model);
}

function littleEndian(values: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, position) => view.setInt32(4 * position, value, true));
  return new Uint8Array(view.buffer);
}

/** SHA-256 of the profile and the kernel table it stands on, as canonical JSON. */
export function profileFingerprint({ profile, kernels }: Target): string {
  return sha256(canonicalJson({ profile, kernels }));
}

/** Keys in code unit order at every depth, no white space. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
