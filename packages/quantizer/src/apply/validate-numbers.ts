// A second, naive reading of the quantization specification, held against every graph that quantization gives. It knows numbers, no schemes.
import {
  allWeightedOperands,
  dataTypes,
  fixedScaleOf,
  outputRule,
  positionsOf,
  tensorAt,
  WherryError,
  type DataType,
  type Graph,
  type Node,
  type Tensor,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';

/** What turns one kind of numbers into another: any of them may meet there. */
const conversions: ReadonlySet<string> = new Set(['QUANTIZE', 'DEQUANTIZE', 'CAST']);
const activationTypes: ReadonlySet<DataType> = new Set(['float32', 'int8', 'uint8', 'int16']);
const weightTypes: ReadonlySet<DataType> = new Set(['float32', 'int8', 'int4']);
const biasTypes: { readonly [activations: string]: DataType } = { float32: 'float32', int8: 'int32', int16: 'int64' };

/** Returns the graph. Throws QUANT_PLAN_INVALID with the node and the rule that is broken. */
export function validateNumbers(graph: Graph): Graph {
  for (const id of [...graph.inputs, ...graph.outputs]) requireActivation(tensorAt(graph, id), 'graph boundary');
  for (const node of graph.nodes) validateNode(graph, node);
  return graph;
}

function validateNode(graph: Graph, node: Node): void {
  const where = `${node.kind} ${node.origin}`;
  const tensors = (ids: readonly (number | null | undefined)[]): Tensor[] =>
    ids.flatMap((id) => (id === null || id === undefined ? [] : [tensorAt(graph, id)]));
  const flowing = tensors(positionsOf(node, 'activation').map((position) => node.inputs[position]));
  const written = tensors(node.outputs).filter((_, position) => outputRule(node.kind, position).from !== 'none');
  if (flowing.length > 0) written.forEach((tensor) => requireActivation(tensor, where));
  if (flowing.length > 0 && !conversions.has(node.kind)) {
    flowing.forEach((tensor) => requireActivation(tensor, where));
    const types = [...new Set([...flowing, ...written].map(({ dtype }) => dtype))];
    if (types.length > 1) refuse(`a node reads and writes activations of one type, here ${types.join(' and ')}`, where);
    node.outputs.forEach((id, position) => requireOutputRule(node, position, flowing, tensorAt(graph, id)));
  }
  for (const operands of allWeightedOperands(node.kind)) {
    const at = (position: number | undefined): Tensor | undefined =>
      position === undefined ? undefined : tensors([node.inputs[position]])[0];
    const [input, filter, bias] = [at(operands.activation), at(operands.weights), at(operands.bias)];
    if (input === undefined || filter === undefined) continue;
    requireFilter(input, filter, operands.axis, where);
    if (bias !== undefined) requireBias(input, filter, bias, where);
  }
}

/** Integers without a scale are no activations, whatever role they play: shapes are moved as values are. */
function requireActivation({ dtype, quantization }: Tensor, where: string): void {
  if (quantization === undefined) {
    if (dtype === 'int8' || dtype === 'int16' || dtype === 'uint8')
      refuse('an integer activation has one scale', where);
    return;
  }
  if (!activationTypes.has(dtype)) refuse(`activations are ${[...activationTypes].join(', ')}`, where);
  if (dtype === 'float32') refuse('a real value has no scale', where);
  const { scale, zeroPoint } = quantization;
  const [least, greatest] = dataTypes[dtype].range!;
  const [zero] = zeroPoint;
  const isSound = scale.length === 1 && scale[0]! > 0 && Number.isInteger(zero) && zero! >= least && zero! <= greatest;
  if (!isSound) refuse(`an activation has one scale and a zero point in [${least}, ${greatest}]`, where);
  if (dtype === 'int16' && zero !== 0) refuse('int16 activations have zero point 0', where);
}

function requireOutputRule({ kind, origin }: Node, position: number, flowing: readonly Tensor[], output: Tensor): void {
  const own = output.quantization;
  if (own === undefined) return;
  const rule = outputRule(kind, position);
  const fixed = fixedScaleOf(rule, output.dtype);
  if (fixed !== undefined && (own.scale[0] !== Math.fround(fixed.scale) || own.zeroPoint[0] !== fixed.zeroPoint))
    refuse('the output scale is the fixed one', `${kind} ${origin}`);
  const isOther = ({ quantization }: Tensor): boolean =>
    quantization?.scale[0] !== own.scale[0] || quantization?.zeroPoint[0] !== own.zeroPoint[0];
  if (rule.from === 'same-as-inputs' && flowing.some(isOther))
    refuse('inputs and outputs share one scale', `${kind} ${origin}`);
}

function requireFilter(input: Tensor, { dtype, quantization }: Tensor, axis: number, where: string): void {
  if (!weightTypes.has(dtype)) refuse('weights are float32, int8 or int4', where);
  if ((dtype !== 'float32') !== (quantization !== undefined))
    refuse('integer weights have a scale, real ones none', where);
  if (quantization === undefined) {
    if (input.quantization !== undefined) refuse('integers are multiplied by weights that have a scale', where);
    return;
  }
  if (quantization.scale.length !== 1 && quantization.axis !== axis)
    refuse(`weights have one scale, or one per slice of axis ${axis}`, where);
}

function requireBias(input: Tensor, filter: Tensor, { dtype, quantization }: Tensor, where: string): void {
  const wanted = biasTypes[input.dtype];
  if (dtype !== wanted) refuse(`beside ${input.dtype} activations the bias is ${wanted}`, where);
  if (input.quantization === undefined) return;
  const [step] = input.quantization.scale;
  const scales = filter.quantization!.scale;
  const own = quantization?.scale ?? [];
  const isProduct = own.length === scales.length && own.every((each, i) => each === Math.fround(step! * scales[i]!));
  if (!isProduct || quantization!.zeroPoint.some((zero) => zero !== 0))
    refuse('bias scale is input scale times weight scale', where);
}

function refuse(rule: string, where: string): never {
  throw new WherryError(quantizerDiagnostics.QUANT_PLAN_INVALID, {
    what: `the quantized graph breaks the rule: ${rule}`,
    where,
    next: 'report this: nothing was written',
  });
}
