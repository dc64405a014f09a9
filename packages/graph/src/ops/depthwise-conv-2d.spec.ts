// DEPTHWISE_CONV_2D in real numbers small enough to work out by hand, and its requirements.
import { evaluate } from '../evaluate.js';
import { singleOperatorGraph } from '../single-operator.js';

function run(input: number[], filter: number[], weights: number[], attributes: object, bias?: number[]): number[] {
  const graph = singleOperatorGraph(
    'DEPTHWISE_CONV_2D',
    [
      { shape: input },
      { shape: filter, data: Float32Array.from(weights) },
      bias === undefined ? null : { shape: [bias.length], data: Float32Array.from(bias) },
    ],
    attributes,
  );
  const count = input.reduce((a, b) => a * b);
  return Array.from(evaluate(graph, [Float32Array.from({ length: count }, (_, i) => i + 1)])[0] as Float32Array);
}

describe('float reference', () => {
  it('keeps the channels apart', () => {
    expect(run([1, 1, 2, 2], [1, 1, 2, 2], [1, 10, 100, 1000], { padding: 'VALID' })).toEqual([301, 4020]);
  });

  it('gives every input channel `depthMultiplier` filters, neighbours in the output', () => {
    expect(run([1, 1, 1, 2], [1, 1, 1, 4], [1, 10, 100, 1000], { depthMultiplier: 2 })).toEqual([1, 10, 200, 2000]);
  });

  it('leaves padding out, adds the bias and clamps', () => {
    expect(run([1, 1, 3, 1], [1, 1, 3, 1], [1, 1, 1], { activation: 'RELU' }, [-4])).toEqual([0, 2, 1]);
  });
});

it.each([
  ['the first of the filter being 1', [1, 3, 3, 1], [2, 1, 1, 1], {}],
  ['input channels times the depth multiplier', [1, 3, 3, 2], [1, 1, 1, 4], {}],
  ['strides and dilations are at least 1', [1, 3, 3, 1], [1, 1, 1, 1], { dilationW: 0 }],
  ['fits into an unpadded input', [1, 3, 3, 1], [1, 4, 4, 1], { padding: 'VALID' as const }],
])('requires: %s', (sentence, input, filter, attributes) => {
  expect(() => singleOperatorGraph('DEPTHWISE_CONV_2D', [{ shape: input }, { shape: filter }], attributes)).toThrow(
    sentence,
  );
});
