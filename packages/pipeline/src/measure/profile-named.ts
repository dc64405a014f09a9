// The device profile that is meant: the one given, or that of the output folder.
import { WherryError } from '@wherry/graph';
import { measureDiagnostics } from './diagnostics.js';
import type { MeasuredModel } from './measured-model.js';

/** Throws MEASURE_WHERE where nothing names one. */
export function profileNamed({ profile }: { readonly profile?: string | undefined }, model: MeasuredModel): string {
  const named = profile ?? model.profile;
  if (named !== undefined) return named;
  throw new WherryError(measureDiagnostics.MEASURE_WHERE, {
    what: 'no device profile is given, and the model lies in no output folder that names one',
    where: model.path,
    next: 'add --profile ID; `deploy profiles` lists them',
  });
}
