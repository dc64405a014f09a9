// Each thing that a comparison says is identical: planted as different, and named.
import { noProgress } from '../progress.js';
import { modelFolder, twoHeads, withPart } from '../testing/changed-model.js';
import { diffModels } from './diff-models.js';
import { diffText } from './diff-text.js';
import type { ModelDifference } from './document.js';

const folder = modelFolder();
afterAll(() => folder.remove());
const original = folder.write('original.tflite', twoHeads);

async function compared(
  model: typeof twoHeads,
): Promise<{ readonly difference: ModelDifference; readonly text: string }> {
  const difference = await diffModels({ a: original, b: folder.write('changed.tflite', model) }, noProgress);
  return { difference, text: diffText(difference).replace(/\n {15}/g, ' ') };
}

const tensor = (index: number, ...rest: readonly (string | number)[]) => ['subgraphs', 0, 'tensors', index, ...rest];
const operator = (index: number, ...rest: readonly (string | number)[]) => [
  'subgraphs',
  0,
  'operators',
  index,
  ...rest,
];
const options = (index: number, field: string) => operator(index, 'builtin_options', 'value', field);

const planted: readonly (readonly [what: string, path: readonly (string | number)[], value: unknown, says: RegExp])[] = [
  ['a scale', tensor(3, 'quantization', 'scale'), [0.25], /~ convolved: scale \[0\.5\] -> \[0\.25\]/],
  ['a zero point', tensor(3, 'quantization', 'zero_point'), [-4n], /~ convolved: zero point \[-3\] -> \[-4\]/],
  ['a weight', ['buffers', 1, 'data'], Uint8Array.of(1, 2, 3, 4, 5, 9), /weights filter of 0 CONV_2D convolved: 1 of 6 values \(16\.7 %\), by 3 steps at most/],
  ['a bias', ['buffers', 2, 'data'], new Uint8Array(Int32Array.of(7, 8, 10).buffer), /bias bias of 0 CONV_2D convolved: 1 of 3 values .*by 1 steps at most/],
  ['a scale of weights', tensor(1, 'quantization', 'scale'), [0.25, 0.5, 2], /weights filter .*scale: 1 of 3 differ, by factors of 1\.000 to 2\.000; 2 of 6 values/],
  ['the axis of scales', tensor(1, 'quantization', 'quantized_dimension'), 3, /weights filter .*axis of the scales 0 -> 3/],
  ['blocks of scales', tensor(1, 'quantization', 'details'), { type: 'BlockwiseQuantization', value: { block_size: 32 } }, /weights filter .*details none -> .*"block_size":32/],
  ['a version', ['operator_codes', 0, 'version'], 5, /~ 0 CONV_2D convolved: version 3 -> 5/],
  ['an attribute', options(0, 'stride_w'), 2, /~ 0 CONV_2D convolved: stride_w 1 -> 2/],
  ['an attribute of enum type', options(0, 'fused_activation_function'), 'RELU', /fused_activation_function NONE -> RELU/],
  ['a table of options', operator(2, 'builtin_options'), undefined, /~ 2 ADD sum: table of options AddOptions -> none/],
  ['custom options', operator(1, 'custom_options'), Uint8Array.of(1), /~ 1 LOGISTIC scores: custom_options none -> bytes 01/],
  ['an operator', ['operator_codes', 2, 'builtin_code'], 'SUB', /- 2 ADD sum .*\n.*\+ 2 SUB sum/],
  ['a type', tensor(6, 'type'), 'INT16', /~ sum: type INT8 -> INT16/],
  ['a shape', tensor(6, 'shape'), [1, 4, 1, 3], /~ sum: shape \[1, 2, 2, 3\] -> \[1, 4, 1, 3\]/],
  ['an open dimension', tensor(0, 'shape_signature'), [-1, 2, 2, 2], /~ image: open dimensions none -> \[0\]/],
  ['a recorded size', tensor(0, 'shape_signature'), [1, 2, 3, 2], /~ image: fixed sizes beside open ones none -> \[1, 2, 3, 2\]/],
  ['a shape of weights', tensor(1, 'shape'), [3, 1, 2, 1], /weights filter .*shape \[3, 1, 1, 2\] -> \[3, 1, 2, 1\]/],
  ['a variable', tensor(3, 'is_variable'), true, /~ convolved: is_variable false -> true/],
  ['a further output', ['subgraphs', 0, 'outputs'], [4, 6, 3], /outputs +2 -> 3\n +\+ convolved INT8/],
  ['a missing output', ['subgraphs', 0, 'outputs'], [4], /outputs +2 -> 1\n +- sum INT8/],
  ['the order of outputs', ['subgraphs', 0, 'outputs'], [6, 4], /outputs +2 -> 2, in another order\n +~ scores: position 0 -> 1/],
  ['the order of inputs', ['subgraphs', 0, 'inputs'], [5, 0], /inputs +2 -> 2, in another order\n +~ image: position 0 -> 1/],
  ['what an operator reads', operator(2, 'inputs'), [4, 5], /~ 2 ADD sum: input 0 CONV_2D convolved -> LOGISTIC scores/],
  ['the order of operands', operator(2, 'inputs'), [5, 3], /~ 2 ADD sum: input 0 CONV_2D convolved -> graph input offset; input 1/],
  ['an operand left out', operator(0, 'inputs'), [0, 1], /~ 0 CONV_2D convolved: number of inputs 3 -> 2/],
  ['an optional operand', operator(0, 'inputs'), [0, 1, -1], /~ 0 CONV_2D convolved: input 2 constant bias -> left out/],
  ['a scale of an input', tensor(0, 'quantization', 'scale'), [0.25], /inputs +2 -> 2\n +~ image: scale \[0\.5\] -> \[0\.25\]/],
  ['a second subgraph', ['subgraphs', 1], { name: 'other', tensors: [], inputs: [], outputs: [], operators: [] }, /\+ subgraph other/],
  ['a signature', ['signature_defs'], [{ signature_key: 'serve', inputs: [{ name: 'x', tensor_index: 0 }], outputs: [], subgraph_index: 0 }], /~ serve none -> .*x=0/],
]; // prettier-ignore

it.each(planted)('names %s that differs', async (_, path, value, says) => {
  const { difference, text } = await compared(withPart(twoHeads, path, value));
  expect(text).toMatch(says);
  expect(difference.verdict).toBe('different');
  expect(difference.differs).toBe(true);
});

it('says nothing differs of the same file, and of one with other names and notes only that', async () => {
  const same = await diffModels({ a: original, b: original }, noProgress);
  expect([same.verdict, same.differs, same.effect.firmware.rebuild]).toEqual(['same-bytes', false, 'nothing to do']);
  const renamed = withPart(
    withPart(withPart(twoHeads, tensor(3, 'name'), 'x'), ['description'], 'other'),
    tensor(3, 'quantization', 'min'),
    [-1],
  );
  const { difference, text } = await compared(renamed);
  expect([difference.verdict, difference.differs]).toEqual(['same-graph', false]);
  expect(text).toMatch(/1 tensor named otherwise/);
  expect(text).toMatch(/~ description two heads -> other/);
});

it('knows operators and tensors by structure, in whatever order the file has them', async () => {
  const [conv, logistic, add] = twoHeads.subgraphs![0]!.operators!;
  const moved = withPart(twoHeads, ['subgraphs', 0, 'operators'], [conv, add, logistic]);
  const { difference, text } = await compared(moved);
  expect(text).toMatch(/3 -> 3, 3 matched by structure; 0 removed, 0 added, 0 changed, run in another order/);
  expect(difference.verdict).toBe('different');
});

it('finds an operator that was put in between, and all others again', async () => {
  const tensors = [
    ...twoHeads.subgraphs![0]!.tensors!,
    {
      name: 'rectified',
      shape: [1, 2, 2, 3],
      type: 'INT8' as const,
      quantization: { scale: [0.5], zero_point: [-3n] },
    },
  ];
  const between = withPart(
    withPart(withPart(twoHeads, ['subgraphs', 0, 'tensors'], tensors), ['operator_codes', 3], {
      builtin_code: 'RELU',
      version: 2,
    }),
    ['subgraphs', 0, 'operators'],
    [
      twoHeads.subgraphs![0]!.operators![0],
      { opcode_index: 3, inputs: [3], outputs: [7] },
      { opcode_index: 1, inputs: [7], outputs: [4] },
      twoHeads.subgraphs![0]!.operators![2],
    ],
  );
  const { difference, text } = await compared(between);
  expect(difference.subgraphs[0]!.operators).toMatchObject({ matched: 3, removed: [], added: [{ kind: 'RELU' }] });
  expect(text).toMatch(/~ 1 LOGISTIC scores: input 0 CONV_2D convolved -> RELU rectified/);
  expect(difference.effect.resolver.added).toEqual(['AddRelu']);
  expect(difference.effect.firmware.reasons).toEqual(['the resolver of a lacks AddRelu']);
});

it('looks through weights that are unpacked in front of their layer', async () => {
  const floats = (values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
  const dense = (weights: Uint8Array, half: boolean): typeof twoHeads => ({
    version: 3,
    operator_codes: [{ builtin_code: 'FULLY_CONNECTED' }, { builtin_code: 'DEQUANTIZE', version: 2 }],
    buffers: [{}, { data: weights }],
    subgraphs: [
      {
        tensors: [
          { name: 'x', shape: [1, 2], type: 'FLOAT32' },
          { name: 'w', shape: [1, 2], type: half ? 'FLOAT16' : 'FLOAT32', buffer: 1 },
          { name: 'y', shape: [1, 1], type: 'FLOAT32' },
          ...(half ? [{ name: 'unpacked', shape: [1, 2], type: 'FLOAT32' as const }] : []),
        ],
        inputs: [0],
        outputs: [2],
        operators: [
          ...(half ? [{ opcode_index: 1, inputs: [1], outputs: [3] }] : []),
          {
            opcode_index: 0,
            inputs: [0, half ? 3 : 1, -1],
            outputs: [2],
            builtin_options: { type: 'FullyConnectedOptions' as const, value: {} },
          },
        ],
      },
    ],
  });
  // 1 and 1.5 in float16, the second a step larger than it was.
  const b = folder.write('half.tflite', dense(Uint8Array.of(0x00, 0x3c, 0x00, 0x3e), true));
  const of = (second: number) =>
    diffModels({ a: folder.write('full.tflite', dense(floats([1, second]), false)), b }, noProgress);
  const { operators, constants } = (await of(1.25)).subgraphs[0]!;
  expect([operators.added.map(({ kind }) => kind), operators.changed]).toEqual([['DEQUANTIZE'], []]);
  expect(constants.changed).toMatchObject([
    { role: 'weights', type: { a: 'FLOAT32', b: 'FLOAT16' }, values: { changed: 1, greatest: 0.25, steps: null } },
  ]);
  expect((await of(1.5)).subgraphs[0]!.constants.changed).toMatchObject([{ values: { changed: 0, greatest: 0 } }]);
});

it('does not call what it has not seen the same', async () => {
  const elsewhere = withPart(twoHeads, tensor(6, 'external_buffer'), 1);
  const [a, b] = [folder.write('e1.tflite', elsewhere), folder.write('e2.tflite', { ...elsewhere, description: 'b' })];
  const difference = await diffModels({ a, b }, noProgress);
  expect([difference.verdict, difference.differs]).toEqual(['unknown', true]);
  expect(diffText(difference)).toMatch(/left out +a: the values of some tensors: they lie in another file: sum/);
});
