// What an operator says its weights are multiplied by, against its own kernel: every float case.
import { activationBounds, clamp, type FusedActivation } from '../arithmetic/activation.js';
import { casesOf, type FilledCase } from '../cases/index.js';
import { evaluate } from '../evaluate.js';
import { weightedOperands } from '../operands-of.js';
import { operatorOf, opKinds } from './index.js';

const kinds = opKinds.filter((kind) => operatorOf(kind).patches !== undefined);

/** Beside an output shape, of which there is no arithmetic. */
const isFloat = ({ graph }: FilledCase): boolean => {
  const read = graph.nodes[0]!.inputs.flatMap((id) => (id === null ? [] : [graph.tensors[id]!]));
  return read.every(({ dtype }) => dtype === 'float32' || dtype === 'int32');
};

/** Outputs as the weights times the patches. */
function multiplied({ graph, feeds }: FilledCase): Float64Array {
  const node = graph.nodes[0]!;
  const operands = weightedOperands(node.kind)!;
  const valuesAt = (position: number): Float32Array | undefined => {
    const id = node.inputs[position];
    if (id === null || id === undefined) return undefined;
    return (graph.tensors[id]!.data ?? feeds[graph.inputs.indexOf(id)]) as Float32Array;
  };
  const { shape } = graph.tensors[node.inputs[operands.activation]!]!;
  const filter = graph.tensors[node.inputs[operands.weights]!]!.shape;
  const [weights, bias] = [valuesAt(operands.weights)!, valuesAt(operands.bias!)];
  const data = valuesAt(operands.activation)!;
  const output = graph.tensors[node.outputs[0]!]!.shape;
  const patches = operatorOf(node.kind).patches!({ shape, data }, filter, node.attributes, output);
  const channels = filter[operands.axis]!;
  const result = new Float64Array(patches.places * channels);
  const patch = new Float64Array(patches.length);
  const { activation = 'NONE' } = node.attributes as { readonly activation?: FusedActivation };
  const [low, high] = activationBounds(activation);
  for (let place = 0; place < patches.places; place++)
    for (let channel = 0; channel < channels; channel++) {
      patches.read(place, Math.floor((channel * patches.groups) / channels), patch);
      const own = patch.reduce(
        (sum, value, k) =>
          sum + value * weights[operands.axis === 0 ? channel * patches.length + k : k * channels + channel]!,
        bias?.[channel] ?? 0,
      );
      result[place * channels + channel] = clamp(own, low, high);
    }
  return result;
}

it('is said of convolutions, transposed ones too, and dense layers', () => {
  expect([...kinds].sort()).toEqual(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'TRANSPOSE_CONV']);
});

describe.each(kinds)('%s', (kind) => {
  it('times the weights is what its kernel gives', () => {
    const cases = casesOf(kind).filter(isFloat);
    expect(cases.length).toBeGreaterThan(3);
    for (const one of cases) {
      const [expected] = evaluate(one.graph, one.feeds);
      const given = multiplied(one);
      expect(given.length).toBe(expected!.length);
      given.forEach((value, i) => expect(value).toBeCloseTo(Number(expected![i]), 3));
    }
  }, 60_000);
});
