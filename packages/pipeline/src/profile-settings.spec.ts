// Every key that a device profile may have is followed, refused or a description: the schema is walked, so none is forgotten.
import { editorSchemas, exampleNames } from '@wherry/profiles';
import { accuracyGate } from './accuracy/accuracy-gate.js';
import type { OutputComparison } from './accuracy/output-comparison.js';
import { readProfileTexts } from './inputs/profile-folder.js';
import { fileText } from './testing/file-text.js';
import { outcomeOn, profileOfOwn, type Change, type Outcome } from './testing/profile-outcome.js';
import { leftOpen, smallModel } from './testing/small-model.js';

const texts = await readProfileTexts();
const model = smallModel();
afterAll(() => model.remove());

const outcome = (pointer: string, value: unknown, change: Change): Promise<Outcome> =>
  outcomeOn(profileOfOwn(pointer, value, change), texts, { ...model.request, ...change.request });

interface Rule extends Change {
  /** Where one value is put, if the schema's path goes through a list. */
  readonly at?: string;
  /** Values that are followed: what `shows` gives for each is another. */
  readonly followed?: readonly unknown[];
  readonly shows?: (outcome: Outcome) => unknown;
  /** Values that are followed in the same way, because they ask for the same of this version. */
  readonly alike?: readonly unknown[];
  /** Values that are refused, with what the refusal says: its code, the place, the next act. */
  readonly refused?: readonly (readonly [value: unknown, says: RegExp])[];
  /** It only tells people or other commands something; `deploy profiles ID` prints it. Why nothing else follows from it. */
  readonly describes?: string;
}

const region = { bytes: 400_000, reservedBytes: 100_000, source: 's' };
const blocks = { staticBytes: 1_000, heapBytes: 200_000, source: 's', allocation: 'take(BYTES)' };
/** A figure of one's own needs a source of its own. */
const own = (name: string): Pick<Change, 'and'> => ({ and: { memory: { [name]: { source: 's' } } } });
const arena = ({ made }: Outcome): unknown => made?.fit.ram;
const psram = { memory: { psram: region } };
const heap = { and: { memory: { ram: { blocks } } } };
const aboutDevice = 'a fact about the device for people';
const forLink = 'how the board is reached, for commands that talk to it; a deployment does not';
const source = 'where the figure comes from, for people';

const losingTenPoints: OutputComparison = {
  name: 'y',
  task: 'classes',
  samples: 1000,
  sqnrDb: 20,
  cosine: 0.99,
  greatestError: 1,
  meanError: 0.5,
  top1: { decisions: 1000, agree: 900, labelled: 1000, floatRight: 900, quantizedRight: 800 },
};

/** A limit of accuracy, by whether what loses ten points passes it. */
const byLimit = (limit: string, followed: readonly number[]): Rule => ({
  at: `/schemes/0/limits/${limit}`,
  and: { schemes: [{ scheme: 'int8' }] },
  followed,
  shows: ({ made }) => accuracyGate(made!.target, made!.place, [losingTenPoints]).refusal?.definition.code ?? 'passes',
});

const rules: { readonly [pointer: string]: Rule } = {
  '/id': { followed: ['one', 'other'], shows: ({ report }) => /^profile .*/m.exec(report)?.[0] },
  '/name': { describes: aboutDevice },
  '/aliases': { describes: 'other names by which the profile is found; see findProfile' },
  '/chip': { describes: aboutDevice },
  '/notes': { describes: aboutDevice },
  '/generic': { describes: 'leaves it out where other devices are named; see nearestDevices' },
  '/refuses/what': {
    and: { refuses: { next: 'take another' } },
    refused: [['it is made of wood', /PROFILE_REFUSES: it is made of wood\n.*at \/refuses\n.*take another/]],
  },
  '/refuses/next': {
    and: { refuses: { what: 'it is made of wood' } },
    refused: [['take another', /PROFILE_REFUSES: it is made of wood\n.*at \/refuses\n.*take another/]],
  },
  '/refuses/unlessRuntime': {
    and: { refuses: { what: 'no interpreter', next: 'take another' } },
    request: { runtime: 'compiled-c' },
    followed: [['compiled-c']],
    shows: ({ made }) => made?.target.profile.runtime.name,
    refused: [[[], /PROFILE_REFUSES: no interpreter/]],
  },
  '/memory/flash/bytes': { ...own('flash'), followed: [4_000_000, 4_194_304], shows: ({ made }) => made?.fit.flash },
  '/memory/flash/reservedBytes': {
    ...own('flash'),
    followed: [0, 3_000_000],
    shows: ({ made }) => made?.fit.flash,
    refused: [[4_194_305, /PROFILE_INVALID.*\n.*\/memory\/flash\/reservedBytes/]],
  },
  '/memory/flash/source': { describes: source },
  '/memory/ram/bytes': { ...own('ram'), extends: 'rp2040', followed: [200_000, 270_336], shows: arena },
  '/memory/ram/reservedBytes': {
    ...own('ram'),
    extends: 'rp2040',
    followed: [0, 100_000],
    shows: arena,
    refused: [[270_337, /PROFILE_INVALID.*\n.*\/memory\/ram\/reservedBytes/]],
  },
  '/memory/ram/source': { describes: source },
  '/memory/ram/blocks/staticBytes': { ...heap, followed: [16, 131_072], shows: ({ settings }) => settings },
  '/memory/ram/blocks/heapBytes': { ...heap, followed: [100_000, 172_032], shows: arena },
  '/memory/ram/blocks/source': { describes: source },
  '/memory/ram/blocks/allocation': {
    ...heap,
    followed: ['one(BYTES)', 'other(BYTES)'],
    shows: ({ settings }) => settings,
  },
  '/memory/psram/bytes': {
    and: psram,
    refused: [[8_000_000, /PROFILE_SETTING_UNSUPPORTED.*\n.*own\.json.*\/memory\/psram\n.*leave it out/]],
  },
  '/memory/psram/reservedBytes': { and: psram, refused: [[0, /PROFILE_SETTING_UNSUPPORTED.*\n.*\/memory\/psram/]] },
  '/memory/psram/source': { and: psram, refused: [['s', /PROFILE_SETTING_UNSUPPORTED.*\n.*\/memory\/psram/]] },
  '/arithmetic/int8': {
    alike: ['native', 'emulated'],
    refused: [['none', /PROFILE_INVALID: the scheme int8 is wanted.*\n.*\/schemes\/0/]],
  },
  '/arithmetic/int16': {
    alike: ['native', 'emulated'],
    refused: [['none', /PROFILE_INVALID: the scheme int16x8 is wanted.*\n.*\/schemes\/1/]],
  },
  '/arithmetic/fp16': {
    extends: 'raspberry-pi-5',
    request: leftOpen,
    and: { schemes: [{ scheme: 'float16' }] },
    followed: ['native', 'emulated'],
    shows: ({ report }) => (report.includes('values between layers rounded to float16') ? 'float16' : 'float32'),
    refused: [['none', /PROFILE_INVALID: the scheme float16 is wanted.*\n.*\/schemes\/0/]],
  },
  '/arithmetic/fp32': {
    alike: ['native', 'emulated'],
    and: { schemes: [{ scheme: 'int8' }], io: { input: 'float32' } },
    refused: [['none', /PROFILE_INVALID: float32 is wanted.*\n.*\/io\/input/]],
  },
  '/arithmetic/instructionSet': { request: { runtime: 'compiled-c' }, followed: ['RV32IMC', 'AVRe'], shows: arena },
  '/arithmetic/simd': { followed: [null, 'Xtensa PIE, 128 bit'], shows: ({ made }) => made?.memory.estimate },
  '/abi/pointerBytes': {
    followed: [4, 8],
    shows: ({ made }) => made?.memory.estimate,
    refused: [[2, /RUNTIME_WITHOUT_ARENA/]],
  },
  '/abi/alignment': {
    alike: [1, 4, 8, 16],
    shows: ({ made }) => made?.memory.best.offsets.every((offset) => offset % 16 === 0),
    describes: 'every buffer begins at a multiple of 16, whatever type needs less',
  },
  '/abi/shortEnums': { followed: [true, false], shows: ({ made }) => made?.memory.estimate },
  '/abi/constantsInRam': { followed: [true, false], shows: arena },
  '/runtime/name': {
    extends: 'rp2040',
    and: { runtime: { from: '2025-04-01' } },
    followed: ['tflm-cmsis-nn', 'tflm-reference'],
    shows: ({ made }) => made?.memory.estimate,
  },
  '/runtime/from': {
    extends: 'rp2040',
    followed: ['2024-09-09', '2025-04-01'],
    // The older one has no kernel for dense layers with a scale for each row.
    shows: ({ report }) => (/int8, weights per tensor/.test(report) ? 'per tensor' : 'per axis'),
    refused: [['1.3', /PROFILE_INVALID: .*has no version/]],
  },
  '/runtime/before': {
    followed: ['2.0.0', '3.0.0'],
    shows: ({ report }) => report,
    refused: [['1.3.4', /PROFILE_INVALID: no version/]],
  },
  '/runtime/needs/component': {
    at: '/runtime/needs/0/component',
    and: { runtime: { needs: [{ component: 'a', from: '1.0', why: 'w' }] } },
    followed: ['a/one', 'a/other'],
    shows: ({ settings }) => settings,
  },
  '/runtime/needs/from': {
    at: '/runtime/needs/0/from',
    and: { runtime: { needs: [{ component: 'a', from: '1.0', why: 'w' }] } },
    followed: ['1.0', '2.0'],
    shows: ({ settings }) => settings,
  },
  '/runtime/needs/why': {
    at: '/runtime/needs/0/why',
    and: { runtime: { needs: [{ component: 'a', from: '1.0', why: 'w' }] } },
    followed: ['because', 'therefore'],
    shows: ({ report }) => report,
  },
  '/schemes/scheme': {
    at: '/schemes/0/scheme',
    request: leftOpen,
    and: { arithmetic: { fp16: 'native' }, schemes: [{ scheme: 'int8' }], io: { input: 'float32', output: 'float32' } },
    followed: ['int8', 'float32', 'int16x8', 'int4'],
    shows: ({ made }) => made?.quantized.plan?.scheme,
    refused: [
      ['float16', /PROFILE_TYPES_UNSUPPORTED: DEQUANTIZE in tflm-esp-nn .* is float16/],
      ['dynamic-range', /QUANT_SCHEME_WITHOUT_EFFECT: no layer .*no constant is large enough/],
    ],
  },
  '/schemes/compactMatrices': {
    at: '/schemes/0/compactMatrices',
    and: { schemes: [{ scheme: 'int8' }] },
    followed: [false, true],
    shows: ({ made }) => made?.tflite.length,
  },
  '/schemes/limits/accuracyDropPoints': byLimit('accuracyDropPoints', [0, 50]),
  '/schemes/limits/agreementPercent': byLimit('agreementPercent', [50, 95]),
  '/schemes/limits/sqnrDb': byLimit('sqnrDb', [10, 20.5]),
  '/schemes/limits/arenaBytes': {
    at: '/schemes/0/limits/arenaBytes',
    and: { schemes: [{ scheme: 'int8' }] },
    followed: [50_000, 60_000],
    shows: arena,
    refused: [
      [
        100,
        /MODEL_DOES_NOT_FIT: the arena .* 100 are there.*\n.*\/schemes\/0\/limits\/arenaBytes\n.*arenaBytes of at least/,
      ],
    ],
  },
  '/io/input': {
    followed: ['int8', 'uint8', 'int16', 'float32'],
    shows: ({ report }) => /^input .*/m.exec(report)?.[0],
  },
  '/io/output': {
    followed: ['int8', 'uint8', 'int16', 'float32'],
    shows: ({ report }) => /^output .*/m.exec(report)?.[0],
  },
  '/export/layout': {
    followed: ['firmware'],
    shows: ({ data }) => data.length > 0,
    refused: [['file', /PROFILE_INVALID: "arrayFormat" is of an array.*\n.*at \/export\/arrayFormat/]],
  },
  '/export/example': {
    extends: 'raspberry-pi-5',
    followed: exampleNames,
    // The name of the one, and what it calls.
    shows: ({ made }) =>
      [...made!.files]
        .filter(([name]) => name.includes('example'))
        .map(([name]) => [name, fileText(made!.files, name)]),
  },
  '/export/arrayFormat': { followed: ['hex', 'string', 'incbin'], shows: ({ data }) => data },
  '/export/placement/section': { followed: [null, '.ext'], shows: ({ data }) => data },
  '/export/placement/why': { followed: ['because', 'therefore'], shows: ({ data }) => data },
  '/arenaMarginPercent': { followed: [0, 50], shows: arena },
  '/standIn': { describes: forLink },
  '/serial/baud': { describes: forLink },
  '/serial/usb/vendorId': { describes: forLink },
  '/serial/usb/productId': { describes: forLink },
  '/serial/usb/what': { describes: forLink },
  '/serial/reset': { describes: forLink },
};

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly enum?: readonly unknown[];
}

/** Path of every value in the schema, and the values that it lists. */
function leaves(
  { properties, items, enum: values }: SchemaNode,
  at = '',
): readonly (readonly [string, readonly unknown[]])[] {
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([key, node]) => leaves(node, `${at}/${key}`));
  return items?.properties === undefined ? [[at, values ?? []]] : leaves(items, at);
}

const schema = JSON.parse(editorSchemas().get('device-profile.schema.json')!) as SchemaNode;
const keys = leaves(schema).filter(([pointer]) => pointer !== '/$schema' && pointer !== '/extends');

it('has a rule for every key of the schema, and for every value that it lists', () => {
  expect(Object.keys(rules).sort()).toEqual(keys.map(([pointer]) => pointer).sort());
  const forgotten = keys.flatMap(([pointer, values]) => {
    const { followed = [], alike = [], refused = [], describes } = rules[pointer]!;
    const known = [...followed, ...alike, ...refused.map(([value]) => value)];
    if (describes !== undefined) return [];
    if (followed.length + refused.length === 0) return [pointer];
    return values.filter((value) => !known.includes(value)).map((value) => `${pointer}: ${String(value)}`);
  });
  expect(forgotten).toEqual([]);
});

it.each(Object.entries(rules).filter(([, rule]) => (rule.followed ?? rule.alike) !== undefined))(
  'follows %s',
  async (pointer, { at = pointer, followed = [], alike = [], shows = () => '', ...change }) => {
    const seen = await Promise.all([...followed, ...alike].map((value) => outcome(at, value, change)));
    expect(seen.map(({ refusal }) => refusal)).toEqual(seen.map(() => ''));
    const shown = seen.map((each) => JSON.stringify(shows(each)));
    expect(shown.every((each) => each !== undefined && each !== 'false')).toBe(true);
    expect(new Set(shown.slice(0, followed.length)).size).toBe(followed.length);
    expect(new Set(shown.slice(followed.length)).size).toBe(Math.min(1, alike.length));
  },
);

it.each(
  Object.entries(rules).flatMap(([pointer, { refused = [], ...rule }]) =>
    refused.map((each) => [pointer, rule, ...each] as const),
  ),
)('refuses of %s what it cannot follow', async (pointer, { at = pointer, ...change }, value, says) => {
  expect((await outcome(at, value, change)).refusal).toMatch(says);
});
