// Metadata that a runtime follows is judged like the tables; what only tools read is passed over.
import { positionOf } from '../decode/decode-table.js';
import { tfliteDiagnostics } from '../diagnostics.js';
import { memoryPlanName } from '../metadata.js';
import { refuse } from '../refuse.js';
import type { Table, TfliteModel } from '../schema/table-types.js';
import { verifyCalls } from './verify-calls.js';
import { verifyMemoryPlan } from './verify-memory-plan.js';
import { verifyReferences } from './verify-references.js';

type Judge = (model: TfliteModel, data: Uint8Array, refuseEntry: (what: string) => never) => void;

/** By the name under which TensorFlow Lite Micro looks for it; of the rest (min_runtime_version, ...) it reads nothing. */
const followed: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  [memoryPlanName, verifyMemoryPlan],
  // TensorFlow Lite Micro built with compression takes constants from tables that it names.
  [
    'COMPRESSION_METADATA',
    (_model, _data, refuseEntry): void =>
      refuseEntry('compressed constants cannot be read here, so that nobody has judged them'),
  ],
]);

/**
 * Throws TFLITE_METADATA, and before, for a model that carries such metadata, TFLITE_REFERENCE and TFLITE_ORDER: a plan
 * can only be held against tensors and operators that are there.
 */
export function verifyMetadata(model: TfliteModel): void {
  const entries = (model.metadata ?? []).flatMap((entry, i) => {
    const judge = followed.get(entry.name ?? '');
    return judge === undefined ? [] : [{ entry, i, judge }];
  });
  if (entries.length === 0) return;
  verifyReferences(model);
  verifyCalls(model);
  for (const { entry, i, judge } of entries) {
    const refuseEntry = (what: string): never => refuseMetadata(entry, i, what);
    judge(model, model.buffers?.[entry.buffer]?.data ?? new Uint8Array(), refuseEntry);
  }
  const plans = entries.filter(({ judge }) => judge === verifyMemoryPlan);
  if (plans.length > 1) refuseMetadata(plans[1]!.entry, plans[1]!.i, 'there is more than one plan');
}

function refuseMetadata(entry: Table<'Metadata'>, index: number, what: string): never {
  return refuse(tfliteDiagnostics.TFLITE_METADATA, `${entry.name}: ${what}`, `metadata[${index}]`, positionOf(entry));
}
