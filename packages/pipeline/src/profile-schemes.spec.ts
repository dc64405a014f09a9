// Which scheme a profile gets: the first of its list that breaks no limit, with the types that it asks for at both ends.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { loadProfiles } from '@wherry/profiles';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import type { Deployment, DeployRequest } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileTexts } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
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

it('refuses by the first scheme of the list where several lose too much, which is what the profile would rather have', async () => {
  const schemes = [
    { scheme: 'int8', limits: { sqnrDb: 190 } },
    { scheme: 'int16x8', limits: { sqnrDb: 200 } },
  ];
  const { refusal, report } = await outcome('/schemes', schemes, {});
  expect(refusal).toMatch(/^ACCURACY_BELOW_LIMIT: .* own asks for 190$/m);
  expect(report).toMatch(/^scheme {7}int8/m);
}, 30_000);

it('gives a matrix with short rows one scale where the profile wants that', async () => {
  const scales = async (compactMatrices: boolean): Promise<readonly number[]> => {
    const { made } = await outcome('/schemes', [{ scheme: 'int8', compactMatrices }], {});
    const { nodes, tensors } = made!.quantized.graph;
    return nodes
      .filter(({ kind }) => kind === 'CONV_2D' || kind === 'FULLY_CONNECTED')
      .map(({ inputs }) => tensors[inputs[1]!]!.quantization!.scale.length);
  };
  // The filter keeps one for each channel.
  expect([await scales(false), await scales(true)]).toEqual([
    [3, 4],
    [3, 1],
  ]);
}, 30_000);

it.each<[readonly string[], string, string, string]>([
  [['int8'], 'int8', 'int8', ''],
  [['int16x8'], 'int8', 'int8', ''],
  [['int16x8', 'int8'], 'int8', 'int16', 'int8 is for schemes that compute in int8, and int16x8 computes in int16'],
  [
    ['int16x8', 'int8'],
    'uint8',
    'int16',
    'int16x8 computes in int16, and tflm-esp-nn 1.3.4 has no QUANTIZE from uint8',
  ],
  [['int16x8'], 'float32', 'float32', ''],
  [['float32', 'int8'], 'int8', 'float32', 'int8 is for schemes of integers, and float32 computes in float32'],
])(
  'takes the first of %j with io of %s, has %s at both ends, and says where that is another',
  async (names, type, dtype, says) => {
    const schemes = names.map((scheme) => ({ scheme }));
    const { made, report } = await outcome('/io', { input: type, output: type }, { and: { schemes } });
    const { graph } = made!.quantized;
    expect([...graph.inputs, ...graph.outputs].map((id) => graph.tensors[id]!.dtype)).toEqual([dtype, dtype]);
    const said = report.replace(/\s+/g, ' ');
    if (says === '') expect(said).not.toContain('of the profile:');
    else expect(said).toContain(`not the ${type} of the profile: ${says}`);
  },
);

it.each<[string, string]>([
  ['int16x8', 'uint8'],
  ['float32', 'int8'],
])('refuses a profile of %s alone with io of %s', async (scheme, type) => {
  const { refusal } = await outcome('/io/output', type, { and: { io: { input: 'float32' }, schemes: [{ scheme }] } });
  expect(refusal).toMatch(new RegExp(`PROFILE_INVALID: ${type} is wanted, and no scheme .*\\n.*own at /io/output`));
});

it('says of schemes that are all refused what the target lacks, and advises against none that nobody asked for', async () => {
  const builder = new GraphBuilder('rank 2');
  const input = builder.input('x', [2, 4], 'float32');
  const around = builder.constant('around', [2, 2], Int32Array.of(0, 0, 1, 1), 'int32');
  const graph = builder.finish([builder.add('PAD', [input, around], {}, { origin: 'pad' })]);
  const path = join(model.folder, 'rank2.tflite');
  writeFileSync(path, encode(graphToModel(graph)));
  const asked = { ...model.request, profile: 'android-gpu-fp16', model: path, calibration: undefined };
  const run = (changes: Partial<DeployRequest>): Promise<Deployment> =>
    deploy({ ...asked, ...changes }, loadProfiles(new Map(texts)), deployHost('reference'), noProgress);
  // It has no constant that float16 could hold: that is no reason to refuse it where float32 would do.
  await expect(run({})).rejects.toThrow(/PROFILE_LIMIT: PAD in litert-gpu .* has 2 dimensions/);
  await expect(run({ scheme: 'float16' })).rejects.toThrow(/QUANT_SCHEME_WITHOUT_EFFECT/);
});
