// How to quantize for a target in one scheme: what its kernels take, and what the firmware hands in and out.
import { roleOf, type OpKind } from '@wherry/graph';
import { limitsOf, usableRows, type KernelRow, type Target } from '@wherry/profiles';
import { schemes, type BoundaryType, type Scheme, type SchemeName, type SelectOptions } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';

export function schemeOptions(request: DeployRequest, target: Target, scheme: SchemeName): SelectOptions {
  return {
    scheme,
    supports: (kind, each) => rowsFor(target, kind, each).length > 0,
    ratios: (kind) => limitsOf(target, kind).ratios ?? [],
    granularity: (kind, each) => granularityIn(rowsFor(target, kind, each)),
    inputType: request.inputType ?? boundaryType(target, 'input', schemes[scheme]),
    outputType: request.outputType ?? boundaryType(target, 'output', schemes[scheme]),
    method: request.method,
    percentile: request.percentile,
    correctBias: request.biasCorrection,
    equalize: request.equalization,
    budgetSeconds: request.budgetSeconds,
    compactMatrices: request.compactMatrices,
  };
}

/** What the profile says of integers is meant for int8; a scheme of other integers, or of none, keeps its own. */
function boundaryType({ profile: { io } }: Target, end: 'input' | 'output', { activations }: Scheme): BoundaryType {
  const wanted = io[end];
  if (wanted === 'float32') return 'float32';
  return activations.kind === 'affine' && activations.dtype === 'int8' ? wanted : 'own';
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
