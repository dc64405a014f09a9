// Which scheme a profile gets: the first of its list that breaks no limit, with the types that it asks for at both ends.
import { readProfileTexts } from './inputs/profile-folder.js';
import { outcomeOn, profileOfOwn, type Change, type Outcome } from './testing/profile-outcome.js';
import { smallModel } from './testing/small-model.js';

const texts = await readProfileTexts();
const model = smallModel();
afterAll(() => model.remove());

const outcome = (pointer: string, value: unknown, change: Change): Promise<Outcome> =>
  outcomeOn(profileOfOwn(pointer, value, change), texts, model.request);

it('takes the first scheme that breaks no limit, and says what became of the others', async () => {
  const schemes = ['float16', 'int8', 'int16x8'].map((scheme) => ({ scheme }));
  const { made, report } = await outcome('/schemes', schemes, { and: { arithmetic: { fp16: 'native' } } });
  expect(made?.schemes.map(({ scheme, verdict }) => [scheme, verdict])).toEqual([
    ['float16', 'illegal'],
    ['int8', 'chosen'],
    ['int16x8', 'not tried'],
  ]);
  expect(report).toMatch(/^scheme {7}int8.*\n(.*\n)* +float16 was considered: illegal; DEQUANTIZE in/m);
  const first = await outcome('/schemes', schemes.slice(1), {});
  expect(first.report).not.toContain('considered');
});

it.each<[string, string, string]>([
  ['int8', 'int8', 'int8'],
  ['int16x8', 'int8', 'int16'],
  ['int16x8', 'uint8', 'int16'],
  ['int16x8', 'float32', 'float32'],
  ['float32', 'int8', 'float32'],
])('%s with io of %s has %s at both ends', async (scheme, type, dtype) => {
  const { made } = await outcome('/io', { input: type, output: type }, { and: { schemes: [{ scheme }] } });
  const { graph } = made!.quantized;
  expect([...graph.inputs, ...graph.outputs].map((id) => graph.tensors[id]!.dtype)).toEqual([dtype, dtype]);
});
