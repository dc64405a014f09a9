// The kernels for a core held against plain ones on the same board: what each layer gains, and which of them computes otherwise.
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '@wherry/graph';
import type { DifferingTensor } from './differences.js';
import type { KernelSet } from './kernel-choice.js';
import type { Measurement, PlainKernels } from './measurement.js';
import { withOutcome } from './outcome.js';

/** Both of the same model and inputs on the same board. */
export function withPlainKernels(optimized: Measurement, plain: Measurement): Measurement {
  const { verdict, differing, faulty } = plain.parity;
  const { schemaVersion: _, ok: __, exitCode: ___, error: ____, ...findings } = optimized;
  return withOutcome({
    ...findings,
    plain: {
      ...{ verdict, differing, faulty, cost: plain.cost },
      disagreeing: disagreeing(optimized.parity.faulty, faulty),
    },
    layers: optimized.layers.map((layer, position) => ({ ...layer, plainCost: plain.layers[position]!.cost })),
    warnings: [...optimized.warnings, ...ofPlainAlone(optimized, plain)],
  });
}

/** What both are warned of is said once. */
function ofPlainAlone({ warnings: said }: Measurement, { warnings }: Measurement): readonly Diagnostic[] {
  return warnings
    .filter((warning) => !said.some((one) => isDeepStrictEqual(one, warning)))
    .map((warning) => ({ ...warning, what: `with plain kernels: ${warning.what}` }));
}

/**
 * Layers that one set gets wrong by itself and the other does not: the fault is in the kernel, not in what both share. Where both have it
 * wrong, it is another fault only if they were given the same, which is so before any disagreement.
 */
function disagreeing(
  optimized: readonly DifferingTensor[],
  plain: readonly DifferingTensor[],
): PlainKernels['disagreeing'] {
  const [ours, theirs] = [optimized, plain].map((set) => new Map(set.map((each) => [each.tensor, each])));
  const found: { readonly kernels: KernelSet; readonly tensor: DifferingTensor }[] = [];
  const positions = new Set([...ours!.keys(), ...theirs!.keys()]);
  for (const position of [...positions].sort((a, b) => a - b)) {
    const [own, other] = [ours!.get(position), theirs!.get(position)];
    const isBoth = own !== undefined && other !== undefined;
    if (isBoth && (found.length > 0 || isDeepStrictEqual(own.difference, other.difference))) continue;
    if (own !== undefined) found.push({ kernels: 'optimized', tensor: own });
    if (other !== undefined) found.push({ kernels: 'plain', tensor: other });
  }
  return found;
}
