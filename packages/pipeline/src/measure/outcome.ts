// What a measurement comes to: a document that is sound, or one that says why the command ends as a failure.
import { diagnose, exitCodes, type Diagnostic } from '@wherry/graph';
import { measureDiagnostics } from './diagnostics.js';
import type { MeasuredFindings, Measurement } from './measurement.js';
import { parityVerdict } from './parity-text.js';

export function withOutcome(findings: MeasuredFindings): Measurement {
  const error = wrongResult(findings);
  if (error === undefined) return { schemaVersion: 1, ok: true, ...findings };
  return { schemaVersion: 1, ok: false, exitCode: exitCodes.regression, error, ...findings };
}

function wrongResult(findings: MeasuredFindings): Diagnostic | undefined {
  const { parity, plain, device } = findings;
  if (parity.verdict === 'different')
    return diagnose(measureDiagnostics.MEASURED_DIFFERENT, { what: parityVerdict(findings), next: nextOf(findings) });
  if (plain?.verdict !== 'different') return undefined;
  return diagnose(measureDiagnostics.MEASURED_DIFFERENT, {
    what: `with plain kernels ${device.emulated ?? device.chip} computes something else than the reference`,
    next: 'report it with the model: plain kernels are what the others are held against',
  });
}

function nextOf({ parity, plain, device }: MeasuredFindings): string {
  if (parity.printed)
    return 'flash the firmware of `deploy agent`, which tells every layer, and measure again without --dialect';
  if (parity.faulty.length === 0)
    return 'give the firmware a larger stack, and look for what else writes into the arena, then measure again';
  if (plain !== null || device.kernels === 'plain')
    return 'report the layer with the model; until then end the model before it, or run it in the interpreter';
  return device.emulated === null
    ? 'flash plain kernels (`deploy agent --kernels plain`) and measure again: where those are right, it is the kernel for the core; otherwise look at the options of the compiler'
    : 'measure again with --kernels both: where plain ones are right, it is the kernel for the core';
}
