// One way to refuse: what is wrong, at which path, at which byte.
import { WherryError, type DiagnosticDefinition } from '@wherry/graph';
import { tfliteDiagnostics } from './diagnostics.js';

const nextActs: Partial<Record<string, string>> = {
  [tfliteDiagnostics.TFLITE_NOT_A_MODEL.code]: 'Give a .tflite file, or fetch it again.',
  [tfliteDiagnostics.TFLITE_NEWER_SCHEMA.code]: 'Update this tool, or export the model with an older converter.',
  [tfliteDiagnostics.TFLITE_ENCODE.code]: 'Change the named part of the model.',
};

/** Throws the WherryError of `definition`. `byte`: where in the file the faulty field, or the table around it, stands. */
export function refuse(definition: DiagnosticDefinition, what: string, path: string, byte?: number): never {
  const where = byte === undefined ? path : `${path}, byte ${byte}`;
  const next =
    nextActs[definition.code] ?? 'Export the model again or fetch it from its source; do not flash this file.';
  throw new WherryError(definition, { what, where, next });
}
