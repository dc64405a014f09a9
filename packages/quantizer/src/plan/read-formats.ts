// What every node reads of its inputs: activations, constants in the place of them, filters and biases.
import {
  outputRule,
  roleOf,
  tensorAt,
  weightedOperands,
  WherryError,
  type Graph,
  type Node,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import type { Memory } from '../memory.js';
import { quantizationOf } from './affine.js';
import type { Ranges } from './choose-ranges.js';
import { constantRange } from './constant-range.js';
import type { Granularity } from './granularity.js';
import { sameAffine, type NumberFormat, type TensorFormat } from './number-format.js';
import type { Scheme } from './schemes/scheme.js';
import { biasScales, weightScales } from './weight-scales.js';
import { measuredText, type WrittenFormats } from './written-formats.js';

export interface Reading {
  readonly graph: Graph;
  readonly ranges: Ranges;
  readonly formats: ReadonlyMap<TensorId, NumberFormat>;
  /** Of graph inputs: as they are once they are inside. */
  readonly written: WrittenFormats;
  readonly granularityOf: (node: Node, scheme: Scheme) => Granularity;
  /** Of weights that are cut off, by the constant: the magnitudes of their slices that are kept. */
  readonly magnitudes: ReadonlyMap<TensorId, readonly number[]>;
  readonly memory: Memory;
}

const asIs = { dtype: 'float32', reason: 'stays real' } as const;

/** One per input. Throws QUANT_WEIGHTS_NOT_CONSTANT, QUANT_NOT_FINITE. */
export function readFormats(reading: Reading, node: Node, scheme: Scheme): (TensorFormat | null)[] {
  return node.inputs.map((id, position) => {
    if (id === null) return null;
    const { role } = roleOf(node.kind, position);
    const tensor = tensorAt(reading.graph, id);
    if (role === 'state' && scheme.activations.kind !== 'real') return refuseFilters(node);
    if (role === 'weights' || role === 'bias') return weightedFormat(reading, node, scheme, { role, tensor });
    if (role !== 'activation' || tensor.dtype !== 'float32') return null;
    if (tensor.data !== undefined) return constantFormat(reading, node, scheme, tensor);
    return activationFormat(reading, node, scheme, id);
  });
}

function activationFormat(reading: Reading, node: Node, scheme: Scheme, id: TensorId): TensorFormat {
  const { activations } = scheme;
  if (activations.kind === 'real') return asIs;
  if (outputRule(node.kind).from === 'same-as-inputs') return sharedWithOutput(reading, node, id);
  if (sameAffine(reading.formats.get(id), activations)) return reading.written.get(id)!;
  const range = reading.ranges.get(id) ?? { min: 0, max: 0, from: 'nothing measured' };
  return { dtype: activations.dtype, quantization: quantizationOf(range, activations), reason: measuredText(range) };
}

function sharedWithOutput({ written }: Reading, node: Node, id: TensorId): TensorFormat {
  const output = written.get(node.outputs[0]!)!;
  const own = written.get(id);
  const isOwn =
    own?.quantization?.scale[0] === output.quantization!.scale[0] &&
    own?.quantization?.zeroPoint[0] === output.quantization!.zeroPoint[0];
  return isOwn
    ? { ...output, reason: 'shares the scale of the output' }
    : { ...output, reason: 'its own scale is fixed by the specification and would cut off what else is read' };
}

function constantFormat({ written }: Reading, node: Node, scheme: Scheme, tensor: Tensor): TensorFormat {
  const data = tensor.data as Float32Array;
  const { activations } = scheme;
  if (activations.kind === 'real') return storedFormat(scheme, scheme.constants, data.length);
  if (outputRule(node.kind).from === 'same-as-inputs')
    return { ...written.get(node.outputs[0]!)!, reason: 'shares the scale of the output' };
  const quantization = quantizationOf(constantRange(data), activations);
  return { dtype: activations.dtype, quantization, reason: 'range of the constant' };
}

function storedFormat({ leastElements }: Scheme, format: NumberFormat, elements: number): TensorFormat {
  if (format.kind !== 'half' || elements < leastElements) return asIs;
  return { dtype: 'float32', stored: 'float16', reason: 'stored as float16' };
}

interface Weighted {
  readonly role: 'weights' | 'bias';
  readonly tensor: Tensor;
}

function weightedFormat(reading: Reading, node: Node, scheme: Scheme, { role, tensor: own }: Weighted): TensorFormat {
  const { graph, granularityOf, memory } = reading;
  const format = scheme[role];
  const stored = (): TensorFormat => (own.data === undefined ? asIs : storedFormat(scheme, format, own.data.length));
  const operands = weightedOperands(node.kind);
  // Of several filters none is measured for the scale of another, and only what needs no scale is decided here.
  if (operands === undefined) return scheme.activations.kind === 'real' ? stored() : refuseFilters(node);
  const tensorOf = (input: number | undefined): Tensor | undefined => {
    const id = input === undefined ? undefined : node.inputs[input];
    return id === null || id === undefined ? undefined : tensorAt(graph, id);
  };
  const [weights, bias] = [tensorOf(operands.weights)!, tensorOf(operands.bias)];
  if (format.kind !== 'affine' || scheme.weights.kind !== 'affine' || elementsOf(weights) < scheme.leastElements)
    return stored();
  const isPerAxis = granularityOf(node, scheme) === 'per-axis';
  const inputScale = inputScaleOf(reading, node, scheme, operands.activation);
  const scales = weightScales(
    { weights, bias },
    {
      axis: isPerAxis ? operands.axis : null,
      inputScale,
      format: scheme.weights,
      accumulator: scheme.bias,
      origin: node.origin,
      kept: reading.magnitudes.get(node.inputs[operands.weights]!),
      memory,
    },
  );
  if (role === 'bias')
    return {
      dtype: format.dtype,
      quantization: biasScales(inputScale!, scales),
      reason: 'input scale times weight scale',
    };
  const reason = isPerAxis ? `symmetric per axis ${operands.axis}` : 'symmetric per tensor';
  return { dtype: format.dtype, quantization: scales, ...(format.narrow ? { narrow: true } : {}), reason };
}

function elementsOf({ shape }: Tensor): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Undefined where the activations are real. */
function inputScaleOf(reading: Reading, node: Node, scheme: Scheme, position: number): number | undefined {
  if (scheme.activations.kind === 'real') return undefined;
  const id = node.inputs[position]!;
  const tensor = tensorAt(reading.graph, id);
  const format =
    tensor.data === undefined
      ? activationFormat(reading, node, scheme, id)
      : constantFormat(reading, node, scheme, tensor);
  return format.quantization!.scale[0]!;
}

function refuseFilters({ kind, origin }: Node): never {
  throw new WherryError(quantizerDiagnostics.QUANT_NO_KERNEL, {
    what: `${kind} has several filters and keeps a state, and only a model that is quantized already can bring their scales`,
    where: origin,
    next: 'give a .tflite file in which this layer is quantized',
  });
}
