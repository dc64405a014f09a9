// Whether the weights and biases of a quantized file are of the types and scales that the kernels take them for.
import {
  allWeightedOperands,
  outputRule,
  type DataType,
  type Graph,
  type WeightedOperands,
  type Node,
  type Tensor,
} from '@wherry/graph';
import { invalidModel } from './refuse.js';

interface Types {
  readonly weights: readonly DataType[];
  readonly bias: readonly DataType[];
}

/** By the type of the activations. Kernels read the bytes as these types, whatever the file says they are. */
const typesFor: { readonly [dtype: string]: Types } = {
  float32: { weights: ['float32', 'int8'], bias: ['float32'] },
  int8: { weights: ['int8', 'int4'], bias: ['int32'] },
  uint8: { weights: ['uint8'], bias: ['int32'] },
  int16: { weights: ['int8', 'int16'], bias: ['int32', 'int64'] },
};

/** A bias is added in steps of input scale times weight scale; a recorded step that differs by more is of another meaning. */
const tolerance = 0.01;

/** Throws TFLITE_INVALID. */
export function requireKernelTypes(graph: Graph): void {
  for (const node of graph.nodes) {
    requireCopiedScale(graph, node);
    for (const weighted of allWeightedOperands(node.kind)) requireWeighted(graph, node, weighted);
  }
}

function requireWeighted(graph: Graph, node: Node, weighted: WeightedOperands): void {
  const tensorOf = (position: number | undefined): Tensor | undefined => {
    const id = position === undefined ? undefined : node.inputs[position];
    return id === undefined || id === null ? undefined : graph.tensors[id];
  };
  const [input, weights, bias] = [tensorOf(weighted.activation), tensorOf(weighted.weights), tensorOf(weighted.bias)];
  const types = input === undefined ? undefined : typesFor[input.dtype];
  if (input === undefined || weights === undefined || types === undefined) return;
  requireType(node, input, 'weights', weights, types.weights);
  if (bias !== undefined) requireType(node, input, 'bias', bias, types.bias);
  if (weights.dtype === 'float32') return;
  const isDynamic = input.dtype === 'float32';
  for (const tensor of isDynamic ? [weights] : [input, weights, graph.tensors[node.outputs[0]!]!])
    if (tensor.quantization === undefined)
      invalidModel(`the ${tensor.dtype} tensor ${tensor.name} of ${node.kind} has no scale`, node.origin);
  if (bias !== undefined && !isDynamic) requireBiasScale(node, input, weights, bias);
}

/** The kernels copy the bytes of a state, whatever the scale of the output is. */
function requireCopiedScale({ tensors }: Graph, node: Node): void {
  node.outputs.forEach((id, position) => {
    const rule = outputRule(node.kind, position);
    if (rule.from !== 'state') return;
    const [output, state] = [tensors[id]!, tensors[node.inputs[rule.of] ?? -1]];
    const [own, kept] = [output.quantization, state?.quantization];
    if (own?.scale[0] === kept?.scale[0] && own?.zeroPoint[0] === kept?.zeroPoint[0]) return;
    invalidModel(`${output.name} of ${node.kind} has another scale than the state that it is a copy of`, node.origin);
  });
}

function requireType(
  { kind, origin }: Node,
  input: Tensor,
  part: string,
  { name, dtype }: Tensor,
  taken: readonly DataType[],
): void {
  if (taken.includes(dtype)) return;
  invalidModel(
    `the input of ${kind} is ${input.dtype} and its ${part} ${name} ${part === 'bias' ? 'is' : 'are'} ${dtype}; runtimes take ${taken.join(' or ')}`,
    origin,
  );
}

/** The kernels never read the bias's own scale. */
function requireBiasScale({ kind, origin }: Node, input: Tensor, weights: Tensor, bias: Tensor): void {
  const steps = bias.quantization?.scale;
  const values = bias.data;
  if (steps === undefined || values === undefined) return;
  const scales = weights.quantization!.scale;
  for (let channel = 0; channel < values.length; channel++) {
    if (Number(values[channel]) === 0) continue;
    const step = steps[steps.length === 1 ? 0 : channel]!;
    const used = input.quantization!.scale[0]! * scales[scales.length === 1 ? 0 : channel]!;
    if (Math.abs(step - used) <= tolerance * used) continue;
    invalidModel(
      `bias ${bias.name} of ${kind} is stored in steps of ${step.toPrecision(4)} and is added in steps of ${used.toPrecision(4)}, the input's scale times that of the weights (output channel ${channel})`,
      origin,
    );
  }
}
