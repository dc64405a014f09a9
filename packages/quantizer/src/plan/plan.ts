// Decides the whole quantization and edits nothing.
import { outputRule, weightedOperands, WherryError, type Graph, type Node, type TensorId } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { Memory } from '../memory.js';
import { assignSchemes, type SchemeChoice } from './assign-schemes.js';
import { boundaryFormat, type BoundaryType } from './boundary-formats.js';
import type { Ranges } from './choose-ranges.js';
import { granularityOf, type GranularityOptions } from './granularity.js';
import type { TensorFormat } from './number-format.js';
import type { NodeDecision, QuantizationPlan } from './quantization-plan.js';
import { readFormats, type Reading } from './read-formats.js';
import { requireEffect } from './require-effect.js';
import { requireRepresentable } from './require-representable.js';
import type { Scheme } from './schemes/scheme.js';
import { shareScales } from './share-scales.js';
import { widened, type RatiosOf } from './wide-enough.js';
import { writtenFormats } from './written-formats.js';

export interface PlanOptions extends SchemeChoice, GranularityOptions {
  readonly inputType: BoundaryType;
  readonly outputType: BoundaryType;
  /** Anything is taken where it is left out. */
  readonly ratios?: RatiosOf;
  /** Of weights that are cut off, by the constant: the magnitudes of their slices that are kept. */
  readonly magnitudes?: ReadonlyMap<TensorId, readonly number[]>;
  /** Of the choice that this plan is a candidate of. */
  readonly memory?: Memory;
}

/** `ranges`: empty for schemes that need none. Throws WherryError for what cannot be computed in the scheme. */
export function plan(graph: Graph, ranges: Ranges, options: PlanOptions): QuantizationPlan {
  refuseQuantized(graph);
  const first = planWith(graph, ranges, options);
  // In a mixture every share of a scheme is as good as another.
  if (options.nodes === undefined) requireEffect(graph, first);
  requireRepresentable(graph, first);
  return options.ratios === undefined
    ? first
    : planWideEnough(graph, first, ranges, { ...options, ratios: options.ratios });
}

/** What follows an output that was widened may need to be wider as well: once for each layer is enough, and the rest is refused. */
function planWideEnough(
  graph: Graph,
  first: QuantizationPlan,
  measured: Ranges,
  options: PlanOptions & { readonly ratios: RatiosOf },
): QuantizationPlan {
  let [decided, ranges] = [first, measured];
  for (let passes = 0; passes < graph.nodes.length; passes++) {
    const wider = widened(graph, decided, ranges, options.ratios);
    if (wider.size === 0) break;
    ranges = new Map([...ranges, ...wider]);
    decided = planWith(graph, ranges, options);
  }
  return decided;
}

function planWith(graph: Graph, ranges: Ranges, options: PlanOptions): QuantizationPlan {
  const assignment = assignSchemes(graph, options);
  const shared = shareScales(graph, assignment);
  const written = writtenFormats(graph, shared, ranges);
  const { memory = new Memory(), magnitudes = new Map() } = options;
  const reading = {
    graph,
    ranges,
    written,
    formats: shared.formats,
    granularityOf: granularityOf(graph, options),
    magnitudes,
    memory,
  };
  const boundary = { written, ranges };
  return {
    scheme: options.scheme,
    inputs: graph.inputs.map((id) => boundaryFormat(graph, id, options.inputType, boundary) ?? null),
    written,
    nodes: graph.nodes.map((node, position) => decideNode(reading, node, position, assignment[position]!)),
    outputs: graph.outputs.map((id) => boundaryFormat(graph, id, options.outputType, boundary) ?? null),
  };
}

function decideNode(reading: Reading, node: Node, position: number, scheme: Scheme | null): NodeDecision {
  if (scheme === null) {
    const reason = 'computes shapes and indices, stays as it is';
    return { node: position, scheme: null, reads: node.inputs.map(() => null), reason };
  }
  const reads = readFormats(reading, node, scheme);
  return { node: position, scheme: scheme.name, reads, reason: reasonOf(node, scheme, reads) };
}

function reasonOf(node: Node, scheme: Scheme, reads: readonly (TensorFormat | null)[]): string {
  const weighted = weightedOperands(node.kind);
  const activations = scheme.activations.kind === 'real' ? 'float32' : scheme.activations.dtype;
  const weights = weighted === undefined ? undefined : reads[weighted.weights];
  if (weighted !== undefined && weights?.quantization !== undefined) {
    const scales =
      weights.quantization.scale.length > 1 || weights.reason.includes('per axis')
        ? `per axis ${weighted.axis}`
        : 'per tensor';
    const bias = scheme.bias.kind === 'affine' ? `${scheme.bias.dtype} bias` : 'float32 bias';
    return `${activations}, ${weights.dtype === activations ? '' : `${weights.dtype} `}weights ${scales}, ${bias}`;
  }
  if (scheme.activations.kind === 'real')
    return reads.some((format) => format?.stored !== undefined) ? 'float32, constants stored as float16' : 'float32';
  const { from } = outputRule(node.kind);
  if (from === 'same-as-inputs') return `${activations}, one scale for inputs and output`;
  return from === 'fixed'
    ? `${activations}, output scale fixed by the specification`
    : `${activations}, output scale calibrated`;
}

/** Throws QUANT_ALREADY_QUANTIZED; callers that read data first ask before. */
export function refuseQuantized(graph: Graph): void {
  const quantized = graph.tensors.find((tensor) => tensor.quantization !== undefined);
  if (quantized === undefined) return;
  throw new WherryError(quantizerDiagnostics.QUANT_ALREADY_QUANTIZED, {
    what: `the model is quantized already: this tensor has the scale ${quantized.quantization!.scale[0]}`,
    where: quantized.name,
    next: 'give the float model that this one was made from',
  });
}
