// The quantized graph as the bytes of a .tflite file that says what it was made from.
import type { Graph } from '@wherry/graph';
import { offlinePlanMetadata, offlinePlanMetadataName, type OfflinePlan } from '@wherry/memory-planner';
import type { Target } from '@wherry/profiles';
import { encode, graphToModel, verify, withMetadata, withProvenance, type Provenance } from '@wherry/tflite-writer';
import { sha256 } from './inputs/read-model-file.js';

/**
 * Encodes, and lets the verifier that guards the way in judge what goes out. A memory plan is carried where it is smaller
 * than the one the runtime would make for itself.
 */
export function encodeTflite(graph: Graph, offline: OfflinePlan | undefined, provenance: Provenance): Uint8Array {
  const bytes = encoded(graph, offline, provenance);
  verify(bytes);
  return bytes;
}

/** How large the file of such a graph is, whatever its numbers mean. */
export function tfliteBytes(graph: Graph, offline: OfflinePlan | undefined, provenance: Provenance): number {
  return encoded(graph, offline, provenance).length;
}

function encoded(graph: Graph, offline: OfflinePlan | undefined, provenance: Provenance): Uint8Array {
  const model = withProvenance(graphToModel(graph, { tensorNames: 'io-only' }), provenance);
  return encode(
    offline === undefined
      ? model
      : withMetadata(model, offlinePlanMetadataName, littleEndian(offlinePlanMetadata(offline))),
  );
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
