// Memory plans that the runtime would follow to its end, and plans that are sound.
import { encode } from '../encode/encode.js';
import { changed, exampleModel, refusalOf } from '../example-model.js';
import { memoryPlanName, withMetadata } from '../metadata.js';
import type { TfliteModelInit } from '../schema/table-types.js';
import { verify } from './verify-model.js';

/** Of the example's nine tensors: image, filter, bias, convolved, paddings, padded, order, turned, twice. */
const sound = [0, -1, -1, 16, -1, 32, -1, 0, 32];

function planned(
  offsets: readonly number[],
  { header = [1, 0, offsets.length], cut = 0, model = exampleModel } = {},
): Uint8Array {
  const words = new DataView(new ArrayBuffer(4 * (header.length + offsets.length)));
  [...header, ...offsets].forEach((value, i) => words.setInt32(4 * i, value, true));
  const bytes = new Uint8Array(words.buffer);
  return encode(withMetadata(model, memoryPlanName, bytes.subarray(0, bytes.byteLength - cut)));
}

const at = (tensor: number, offset: number): number[] => sound.with(tensor, offset);

it.each<[string, readonly number[]]>([
  ['memory is used again by what comes later', sound],
  ['the runtime plans some for itself', at(3, -1)],
  ['the runtime plans all for itself', sound.map(() => -1)],
  ['there are gaps for scratch buffers', at(8, 1 << 20)],
  ['constants have an offset, which nobody reads', at(1, 0)],
])('accepts a plan where %s', (_, offsets) => {
  expect(() => verify(planned(offsets))).not.toThrow();
});

it.each<[string, Uint8Array, string]>([
  ['emptied', planned(sound, { cut: 48 }), '0 bytes'],
  ['cut off by four bytes', planned(sound, { cut: 4 }), '44 bytes'],
  ['cut off by one byte', planned(sound, { cut: 1 }), '47 bytes'],
  ['too long', planned([...sound, -1], { header: [1, 0, 9] }), '52 bytes'],
  ['of version 2', planned(sound, { header: [2, 0, 9] }), 'version 2'],
  ['of another subgraph', planned(sound, { header: [1, 1, 9] }), 'subgraph 1'],
  ['of other tensors', planned(sound, { header: [1, 0, 8] }), '8 tensors'],
  ['of minus two', planned(at(3, -2)), 'tensor 3 is -2'],
  ['of minus sixteen', planned(at(3, -16)), 'tensor 3 is -16'],
  ['not aligned', planned(at(3, 24)), 'tensor 3 is 24'],
  ['not aligned for a constant', planned(at(1, 8)), 'tensor 1 is 8'],
  ['beyond 31 bits', planned(at(3, 2 ** 31 - 16)), 'beyond any plan'],
  ['of a gigabyte', planned(at(3, 2 ** 30)), 'beyond any plan'],
  ['all at one place', planned(sound.map((offset) => Math.min(offset, 0))), 'tensors 0 and 3 overlap'],
  ['overlapping by the last bytes', planned(at(8, 16)), 'tensors 7 and 8 overlap'],
  ['overlapping from below', planned(at(5, 0).with(3, 16)), 'tensors 3 and 5 overlap'],
])('refuses a plan that is %s', (_, file, says) => {
  const { definition, message } = refusalOf(() => verify(file));
  expect([definition.code, message]).toEqual(['TFLITE_METADATA', expect.stringContaining(says)]);
});

it('refuses two plans, of which runtimes take the last', () => {
  const model = withMetadata(exampleModel, memoryPlanName, new Uint8Array());
  const twice = { ...model, metadata: [...model.metadata!, { name: memoryPlanName, buffer: model.buffers!.length }] };
  const { buffers } = exampleModel;
  const words = new Uint8Array(Int32Array.from([1, 0, 9, ...sound]).buffer);
  const file = encode({ ...twice, buffers: [...buffers!, { data: words }, { data: words }] });
  expect(refusalOf(() => verify(file)).message).toContain('more than one plan');
});

it('keeps variables to themselves, though no operator may use them between two runs', () => {
  const variable = changed(
    changed(exampleModel, ['subgraphs', 0, 'tensors', 7, 'is_variable'], true),
    ['subgraphs', 0, 'name'],
    'with a variable',
  );
  expect(refusalOf(() => verify(planned(sound, { model: variable }))).message).toContain('overlap');
  expect(() => verify(planned(at(7, 128), { model: variable }))).not.toThrow();
});

it('counts what a called subgraph uses as used during the call', () => {
  const inner = {
    name: 'inner',
    tensors: [{ name: 'x', shape: [16], type: 'INT8' as const }],
    inputs: [0],
    outputs: [0],
  };
  const call = {
    opcode_index: 4,
    inputs: [8],
    outputs: [9],
    builtin_options: { type: 'IfOptions' as const, value: { then_subgraph_index: 1, else_subgraph_index: 1 } },
  };
  const [main] = exampleModel.subgraphs!;
  const model: TfliteModelInit = {
    ...exampleModel,
    operator_codes: [...exampleModel.operator_codes!, { builtin_code: 'IF' }],
    subgraphs: [
      {
        ...main,
        tensors: [...main!.tensors!, { name: 'done', shape: [16], type: 'INT8' }],
        operators: [...main!.operators!, call],
        outputs: [9],
      },
      inner,
    ],
  };
  const lengths = (inside: number): number[] => [...sound, 96, inside];
  expect(() => verify(planned(lengths(0), { model }))).not.toThrow();
  expect(refusalOf(() => verify(planned(lengths(32), { model }))).message).toContain('tensors 8 and 10 overlap');
});

it('takes no constants on trust that only a table in the metadata gives', () => {
  const file = encode(withMetadata(exampleModel, 'COMPRESSION_METADATA', Uint8Array.of(1)));
  expect(refusalOf(() => verify(file)).message).toContain('COMPRESSION_METADATA');
});
