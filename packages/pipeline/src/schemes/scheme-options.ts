// How to quantize for a target in one scheme: what its kernels take, and what the firmware hands in and out.
import { roleOf, type OpKind } from '@wherry/graph';
import { limitsOf, profileEnd, usableRows, type End, type KernelRow, type Target } from '@wherry/profiles';
import type { BoundaryType, Scheme, SchemeName, SelectOptions } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';

export function schemeOptions(request: DeployRequest, target: Target, scheme: SchemeName): SelectOptions {
  return {
    scheme,
    supports: (kind, each) => rowsFor(target, kind, each).length > 0,
    ratios: (kind) => limitsOf(target, kind).ratios ?? [],
    granularity: (kind, each) => granularityIn(rowsFor(target, kind, each)),
    inputType: request.inputType ?? boundaryType(target, 'input', scheme),
    outputType: request.outputType ?? boundaryType(target, 'output', scheme),
    method: request.method,
    percentile: request.percentile,
    correctBias: request.biasCorrection,
    equalize: request.equalization,
    rounding: request.rounding,
    clipWeights: request.weightClipping,
    budgetSeconds: request.budgetSeconds,
    compactMatrices: request.compactMatrices || wantsCompact(target, scheme),
  };
}

function wantsCompact({ profile: { schemes: preferred } }: Target, scheme: SchemeName): boolean {
  return preferred.some((each) => each.scheme === scheme && each.compactMatrices === true);
}

/** Where the profile is not followed, the scheme has whatever it computes in at that place. */
function boundaryType(target: Target, end: End, scheme: SchemeName): BoundaryType {
  const { type, why } = profileEnd(target, end, scheme);
  return why === undefined ? type : 'own';
}

/** Rows that compute an operator of that kind in a scheme; the type of a filter counts only where it has one. */
function rowsFor(target: Target, kind: OpKind, { activations, weights }: Scheme): readonly KernelRow[] {
  const numbers = activations.kind === 'real' ? 'float32' : activations.dtype;
  const filter = weights.kind === 'affine' ? weights.dtype : 'float32';
  const isWeighted = [0, 1, 2, 3].some((position) => roleOf(kind, position).role === 'weights');
  return usableRows(target, kind).filter(
    (row) => row.activations === numbers && (!isWeighted || row.weights === filter),
  );
}

function granularityIn(rows: readonly KernelRow[]): 'per-axis' | 'per-tensor' {
  const told = rows.filter(({ granularity }) => granularity !== undefined);
  return told.length === 0 || told.some(({ granularity }) => granularity!.includes('per-axis'))
    ? 'per-axis'
    : 'per-tensor';
}
