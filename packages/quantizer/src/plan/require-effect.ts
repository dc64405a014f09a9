// Refuses a scheme that changes nothing of a model: whoever asks for it would get another one under its name.
import {
  allWeightedOperands,
  elementCount,
  operatorOf,
  tensorAt,
  WherryError,
  type Graph,
  type OpKind,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import type { TensorFormat } from './number-format.js';
import type { QuantizationPlan } from './quantization-plan.js';
import { schemes } from './schemes/index.js';
import type { Scheme } from './schemes/scheme.js';

/** Throws QUANT_SCHEME_WITHOUT_EFFECT. */
export function requireEffect(graph: Graph, { scheme: name, nodes }: QuantizationPlan): void {
  const scheme = schemes[name];
  const own = nodes.filter((node) => node.scheme === name);
  const hasEffect = own.some(({ reads }) => reads.some((format) => format !== null && tells(scheme, format)));
  if (hasEffect || nodes.every((node) => node.scheme === null)) return;
  throw new WherryError(quantizerDiagnostics.QUANT_SCHEME_WITHOUT_EFFECT, {
    what: `no layer of this model comes to have ${scheme.title}: ${reasonOf(graph, scheme)}`,
    next: `leave --scheme ${name} away`,
  });
}

function reasonOf(graph: Graph, { activations, weights, leastElements }: Scheme): string {
  if (activations.kind === 'affine' && activations.dtype !== 'int8') return 'the runtime has no kernel for them';
  const filters = graph.nodes.flatMap(({ kind, inputs }) =>
    allWeightedOperands(kind).flatMap((weighted) => {
      const filter = inputs[weighted.weights] ?? null;
      return filter === null ? [] : [{ kind, elements: elementCount(tensorAt(graph, filter).shape) }];
    }),
  );
  const large = filters.filter(({ elements }) => elements >= leastElements);
  if (weights.kind === 'affine' && large.length > 0) {
    const numbers = activations.kind === 'real' ? 'float32' : activations.dtype;
    return `${lackingOf(large)} with ${weights.dtype} weights for ${numbers} activations`;
  }
  return weights.kind === 'affine' && filters.length === 0
    ? 'none has weights'
    : `no constant is large enough (${leastElements} elements)`;
}

/** A filter that is large enough and has not come to be one of the scheme lacks a kernel, in the runtime or in the reference. */
function lackingOf(large: readonly { readonly kind: OpKind }[]): string {
  const kinds = [...new Set(large.map(({ kind }) => kind))];
  return kinds.some((kind) => operatorOf(kind).kernels.hybrid !== undefined)
    ? 'the runtime has no kernel'
    : `whatever the runtime has, this tool has no ${kinds.join(' and no ')}`;
}

/** What is read in that format is in no other scheme that could have taken over. */
function tells({ activations, weights }: Scheme, { dtype, stored }: TensorFormat): boolean {
  if (weights.kind === 'half') return stored !== undefined;
  if (weights.kind === 'real') return true;
  // int8 filters are those of other schemes too, where integers flow.
  return dtype === (activations.kind === 'affine' && weights.dtype === 'int8' ? activations.dtype : weights.dtype);
}
