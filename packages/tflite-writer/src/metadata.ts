// Named byte strings that travel in a model: where it comes from, what runtime it needs.
import { WherryError } from '@wherry/graph';
import { tfliteDiagnostics } from './diagnostics.js';
import type { TfliteModelInit } from './schema/table-types.js';

export const provenanceName = 'wherry.provenance';
/** Offsets into the arena that TensorFlow Lite Micro follows instead of planning. */
export const memoryPlanName = 'OfflineMemoryAllocation';
const minRuntimeVersionName = 'min_runtime_version';

/** What a model was made from. Hashes are SHA-256 in lower-case hex; `null` where nothing of the kind was used. */
export interface Provenance {
  readonly sourceModel: string;
  readonly calibrationSet: string | null;
  readonly profile: string | null;
  /** Version of the tool that wrote the file. */
  readonly tool: string;
}

/** The bytes under a name, or undefined. */
export function readMetadata(model: TfliteModelInit, name: string): Uint8Array | undefined {
  const entry = model.metadata?.find((each) => each.name === name);
  return entry && model.buffers?.[entry.buffer ?? 0]?.data;
}

/** The model with `bytes` under `name`; an entry of that name is replaced, the others stay in their order. */
export function withMetadata(model: TfliteModelInit, name: string, bytes: Uint8Array): TfliteModelInit {
  const buffers = [...(model.buffers ?? [{}]), { data: bytes }];
  const entry = { name, buffer: buffers.length - 1 };
  const entries = model.metadata ?? [];
  const at = entries.findIndex((each) => each.name === name);
  if (at < 0) return { ...model, buffers, metadata: [...entries, entry] };
  const replaced = entries[at]!.buffer ?? 0;
  // In place when nobody else has the buffer: replacing again and again does not grow the file.
  if (replaced > 0 && isUsedOnce(model, replaced))
    return { ...model, buffers: buffers.slice(0, -1).with(replaced, { data: bytes }) };
  return { ...model, buffers, metadata: entries.with(at, entry) };
}

function isUsedOnce(model: TfliteModelInit, buffer: number): boolean {
  const users = [
    ...(model.metadata ?? []).map((entry) => entry.buffer),
    ...(model.metadata_buffer ?? []),
    ...(model.subgraphs ?? []).flatMap((subgraph) => (subgraph.tensors ?? []).map((tensor) => tensor.buffer)),
  ];
  return users.filter((user) => user === buffer).length === 1;
}

/** Provenance as JSON with sorted keys, so that equal origins give equal bytes. */
export function withProvenance(model: TfliteModelInit, provenance: Provenance): TfliteModelInit {
  const sorted = Object.fromEntries(Object.entries(provenance).sort(([a], [b]) => (a < b ? -1 : 1)));
  return withMetadata(model, provenanceName, new TextEncoder().encode(JSON.stringify(sorted)));
}

/** What the file says it was made from; undefined when it says nothing. Throws TFLITE_METADATA for something unreadable. */
export function readProvenance(model: TfliteModelInit): Provenance | undefined {
  const bytes = readMetadata(model, provenanceName);
  if (bytes === undefined) return undefined;
  const provenance = parseJson(bytes);
  if (isProvenance(provenance)) return provenance;
  throw new WherryError(tfliteDiagnostics.TFLITE_METADATA, {
    what: `the entry ${provenanceName} does not hold what this tool writes there`,
    where: 'metadata',
    next: 'Deploy the model again from its source.',
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isProvenance(value: unknown): value is Provenance {
  if (typeof value !== 'object' || value === null) return false;
  const { sourceModel, calibrationSet, profile, tool } = value as Record<string, unknown>;
  const optional = [calibrationSet, profile].every((each) => each === null || typeof each === 'string');
  return typeof sourceModel === 'string' && typeof tool === 'string' && optional;
}

/** The least TensorFlow Lite version that has all operator versions of the model, as its converter recorded it. */
export function readMinRuntimeVersion(model: TfliteModelInit): string | undefined {
  const bytes = readMetadata(model, minRuntimeVersionName);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** TensorFlow Lite's converter fills up to 16 bytes with zeros, and its readers expect a C string. */
export function withMinRuntimeVersion(model: TfliteModelInit, version: string): TfliteModelInit {
  const text = new TextEncoder().encode(version);
  const bytes = new Uint8Array(Math.max(16, text.byteLength + 1));
  bytes.set(text);
  return withMetadata(model, minRuntimeVersionName, bytes);
}
