// Whether the calibration samples show enough of what the model tells apart.
import { diagnose, type Diagnostic } from '@wherry/graph';
import type { Selected } from '@wherry/quantizer';
import { pipelineDiagnostics } from '../diagnostics.js';

/** See `varietyOf`: below it nearly all decisions are the same. */
const leastVariety = 0.25;

/** A handful may be of one class by chance, and has a warning of its own. */
const leastSamples = 8;

export function varietyWarnings({ variety }: Pick<Selected, 'variety'>, samples: number): Diagnostic[] {
  if (variety >= leastVariety || samples < leastSamples) return [];
  return [
    diagnose(pipelineDiagnostics.CALIBRATION_ONE_SIDED, {
      what: `the float model decides nearly the same for all of ${samples} calibration samples that were looked at`,
      where: 'the calibration data',
      next: 'calibrate with samples of every class; where they are, check that they are preprocessed as in training',
    }),
  ];
}
