// What a kernel table says of a scheme: an operator with a filter has a kernel in it only where a row has such filters.
import type { KernelRow, Target } from '@wherry/profiles';
import { schemes, type SchemeName } from '@wherry/quantizer';
import { smallModel } from '../testing/small-model.js';
import { schemeOptions } from './scheme-options.js';

const model = smallModel();
afterAll(() => model.remove());

const real: KernelRow = { activations: 'float32', weights: 'float32', bias: 'float32' };
const perTensor: KernelRow = { activations: 'int8', weights: 'int8', bias: 'int32', granularity: ['per-tensor'] };
const rows = { FULLY_CONNECTED: [real, perTensor], TRANSPOSE_CONV: [real], RELU: [{ activations: 'int8' }] };
const target = {
  profile: {
    id: 'mine',
    runtime: { name: 'own', from: '2025-01-01' },
    schemes: [{ scheme: 'int8' }, { scheme: 'float32' }],
    io: { input: 'int8', output: 'float32' },
  },
  kernels: {
    name: 'own',
    releases: [],
    operators: Object.fromEntries(Object.entries(rows).map(([kind, each]) => [kind, { rows: each }])),
  },
} as unknown as Target;
const optionsIn = (scheme: SchemeName) => schemeOptions(model.request, target, scheme);

it.each<[keyof typeof rows, SchemeName, boolean]>([
  ['FULLY_CONNECTED', 'float32', true],
  ['FULLY_CONNECTED', 'float16', true],
  ['FULLY_CONNECTED', 'dynamic-range', false],
  ['FULLY_CONNECTED', 'int8', true],
  ['FULLY_CONNECTED', 'int4', false],
  ['TRANSPOSE_CONV', 'dynamic-range', false],
  ['RELU', 'int8', true],
  ['RELU', 'int4', true],
  ['RELU', 'int16x8', false],
])('%s in %s: %s', (kind, scheme, isThere) => {
  expect(optionsIn(scheme).supports!(kind, schemes[scheme])).toBe(isThere);
});

it('has one scale for a filter where the rows of the scheme take no more', () => {
  const { granularity } = optionsIn('int8');
  expect([schemes.int8, schemes.float32].map((each) => granularity('FULLY_CONNECTED', each))).toEqual([
    'per-tensor',
    'per-axis',
  ]);
});

it('leaves an end to the layer there where the scheme does not follow the profile', () => {
  expect(optionsIn('int8')).toMatchObject({ inputType: 'int8', outputType: 'float32' });
  expect(optionsIn('float32')).toMatchObject({ inputType: 'own', outputType: 'float32' });
  const asked = schemeOptions({ ...model.request, inputType: 'uint8' }, target, 'float32');
  expect(asked.inputType).toBe('uint8');
});
