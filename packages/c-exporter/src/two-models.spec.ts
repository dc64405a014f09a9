// Two models in one firmware: their files lie in one folder, compile in one source and link into one program.
import { modelNames } from '@wherry/c-source';
import { symbolOf, type ModelExport } from './model-export.js';
import { exportedTexts } from './testing/exported-texts.js';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { sampleExport } from './testing/sample-export.js';

const parts = ['data', 'settings', 'io', 'selftest', 'ops'] as const;

function called(name: string, change: Partial<ModelExport> = {}): ModelExport {
  return sampleExport({ name, symbol: symbolOf(name), ...change });
}

/** Of one byte in and one out; its known answers are `shift` more than the question. */
function shifting(name: string, shift: number, change: Partial<ModelExport> = {}): ModelExport {
  const tensor = { name: 'x', shape: [1], dtype: 'uint8', quantization: { scale: 1, zeroPoint: shift } } as const;
  return called(name, {
    model: Uint8Array.of(shift, 1, 2, 3),
    inputs: [tensor],
    outputs: [tensor],
    selfTest: [3, 4].map((x) => ({ inputs: [Uint8Array.of(x)], outputs: [Uint8Array.of(x + shift)] })),
    arena: { bytes: 1000 + shift, marginPercent: 5 },
    ...change,
  });
}

const models = [shifting('wake_word', 10, { resolverMethods: ['AddConv2D'] }), shifting('model', 20)];

/** Counts what is registered. */
const resolverStandIn = `#pragma once
typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
namespace tflite {
template <unsigned int tOpCount> class MicroMutableOpResolver {
 public:
  unsigned int calls = 0;
  TfLiteStatus AddConv2D() { return ++calls <= tOpCount ? kTfLiteOk : kTfLiteError; }
  TfLiteStatus AddFullyConnected() { return AddConv2D(); }
  TfLiteStatus AddSoftmax() { return AddConv2D(); }
};
}
`;

/** Reached by both languages; every step that fails has a number of its own. */
const shared = `
#include <string.h>
static uint8_t in, out;
static uint8_t shift;
static void *input(void *context, int index) { (void)context; (void)index; return &in; }
static const void *output(void *context, int index) { (void)context; (void)index; return &out; }
static int invoke(void *context) { (void)context; out = (uint8_t)(in + shift); return 0; }
static unsigned char wake_arena[G_WAKE_WORD_ARENA_BYTES], other_arena[G_MODEL_ARENA_BYTES];
static int check(void) {
  g_wake_word_selftest_t wake = {0, input, output, invoke};
  g_model_selftest_t other = {0, input, output, invoke};
  if (sizeof wake_arena != 1010 || sizeof other_arena != 1020) return 1;
  if (g_wake_word_len != 4 || g_model_len != 4 || g_wake_word[0] != 10 || g_model[0] != 20) return 2;
  if (g_wake_word_quantize_input_0(1.0f) != 11 || g_model_quantize_input_0(1.0f) != 21) return 3;
  shift = 10;
  if (g_wake_word_selftest(&wake) != 0 || g_model_selftest(&other) != 1) return 4;
  shift = 20;
  if (g_wake_word_selftest(&wake) != 1 || g_model_selftest(&other) != 0) return 5;
  return strcmp(G_WAKE_WORD_SHA256, G_MODEL_SHA256) == 0 ? 0 : 6;
}
`;

const includesOf = (skipped: string): string =>
  models
    .flatMap(({ name }) => parts.filter((part) => part !== skipped).map((part) => `#include "${name}_${part}.h"\n`))
    .join('');

const sources = new Map([
  ['use.c', `${includesOf('ops')}${shared}int use(void);\nint use(void) { return check(); }\n`],
  [
    'main.cc',
    `${includesOf('')}${shared}
extern "C" int use(void);
int main() {
  g_wake_word_op_resolver wake;
  g_model_op_resolver other;
  if (g_wake_word_register_ops(wake) != kTfLiteOk || g_model_register_ops(other) != kTfLiteOk) return 11;
  if (wake.calls != 1 || other.calls != 3) return 12;
  return check() != 0 ? check() : use();
}
`,
  ],
]);

describeCompiled('two models', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  /** Both sets of files, changed by `plant`, as one program; its exit code. */
  function build(plant: (text: string, file: string) => string = (text) => text): number | null {
    const include = '"tensorflow/lite/micro/micro_mutable_op_resolver.h"';
    const files = models.flatMap((model) => [...exportedTexts(model)]);
    folder.write(new Map(files.map(([file, text]) => [file, plant(text.replace(include, '"resolver.h"'), file)])));
    folder.write(new Map([...sources, ['resolver.h', resolverStandIn]]));
    const objects = [
      folder.compile('use.c', 'c11'),
      folder.compile('main.cc', 'c++11'),
      ...models.map(({ name }) => folder.compile(`${name}_data.cc`, 'c++11')),
    ];
    return folder.exitCode(folder.link(objects, 'program'), []);
  }

  it('are used from one source of C and one of C++, each with its own arena, operators and self-test', () => {
    expect(build()).toBe(0);
  });

  it.each(['g_wake_word_len', 'g_wake_word_selftest_input_0', 'G_WAKE_WORD_ARENA_BYTES', 'G_WAKE_WORD_IO_H'])(
    'do not come to a program that works where both have the name %s',
    (name) => {
      const plant = (text: string): string =>
        text.replaceAll(new RegExp(name.replace('WAKE_WORD', 'MODEL').replace('wake_word', 'model'), 'g'), name);
      expect(() => build(plant)).toThrow();
    },
  );

  it('can lie in different memories', () => {
    const flag = '-DWAKE_WORD_DATA_ATTRIBUTES=__attribute__((section(".far")))';
    folder.write(new Map(models.flatMap((model) => [...exportedTexts(model)])));
    const sections = models.map(({ name }) => {
      const object = folder.compile(`${name}_data.cc`, 'c++11', [flag]);
      return folder.read(object).includes('.far');
    });
    expect(sections).toEqual([true, false]);
  });
});

/** What the compiler and the linker see of a set of files, without what stands within functions. */
function namesOf(name: string): ReadonlySet<string> {
  const all = ['hex', 'incbin'].flatMap((arrayFormat) =>
    [...exportedTexts(called(name, { arrayFormat: arrayFormat as 'hex' | 'incbin' }))].flatMap(([file, text]) => [
      file,
      ...(text.match(new RegExp(`\\b(?:g_${name}|G_${name.toUpperCase()}|${name.toUpperCase()})(?:_\\w+)?\\b`, 'g')) ??
        []),
    ]),
  );
  // The label at the end of model_data.S is known in that file alone.
  return new Set([...all.filter((each) => each !== `g_${name}_end`), `${name}.tflite`]);
}

function fault(name: string): string | undefined {
  try {
    modelNames({ name, symbol: symbolOf(name) });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

it('is refused a name whose files would have a name of another model, and no other name is', () => {
  const first = namesOf('kws');
  const tails = new Set(
    [...first].flatMap((each) => {
      const words = each
        .toLowerCase()
        .replace(/\..*/, '')
        .replace(/^(g_)?kws_?/, '')
        .split('_');
      return words.flatMap((_, from) => words.slice(from).map((__, at) => words.slice(from, from + at + 1).join('_')));
    }),
  );
  tails.delete('');
  expect(tails.size).toBeGreaterThan(60);
  const verdicts = [...tails].sort().map((tail) => {
    const name = `kws_${tail}`;
    const message = fault(name);
    if (message !== undefined) return [name, message.includes('could not be in one firmware')];
    return [name, [...namesOf(name)].filter((each) => first.has(each))];
  });
  const clean = verdicts.filter(([, verdict]) => verdict !== true && (verdict as string[]).length > 0);
  expect(clean).toEqual([]);
  const refused = verdicts.filter(([, verdict]) => verdict === true).map(([name]) => name);
  expect(refused).toMatchInlineSnapshot(`
    [
      "kws_calibration",
      "kws_dequantize_input_0",
      "kws_dequantize_input_0_n",
      "kws_dequantize_output_0",
      "kws_dequantize_output_0_n",
      "kws_input_0",
      "kws_input_0_t",
      "kws_len",
      "kws_op_resolver",
      "kws_output_0",
      "kws_output_0_t",
      "kws_profile",
      "kws_quantize_input_0",
      "kws_quantize_input_0_n",
      "kws_quantize_output_0",
      "kws_quantize_output_0_n",
      "kws_register_ops",
      "kws_selftest",
      "kws_selftest_input_0",
      "kws_selftest_output_0",
      "kws_selftest_t",
      "kws_selftest_tflm",
    ]
  `);
});

it.each([
  ['Kws', 'capitals', 'kws'],
  ['kws-2', 'small letters', 'kws_2'],
  ['2kws', 'small letters', 'model_2kws'],
  ['switch', 'keyword', 'model_switch'],
  ['main', 'keyword', 'model_main'],
  ['a__b', 'two underscores', 'a_b'],
  ['a_', 'two underscores', 'a'],
  ['con', 'Windows', 'model_con'],
  ['com1', 'Windows', 'model_com1'],
  ['lpt9', 'Windows', 'model_lpt9'],
  ['aux', 'Windows', 'model_aux'],
  ['kws_len', '"kws" have names', 'kws_len_2'],
  ['kws_run', '"kws" have names', 'kws_run_2'],
  ['kws_input_0', '"kws" have names', 'kws_input_0_2'],
  ['x'.repeat(34), 'more than 33', 'x'.repeat(33)],
  ['../up', 'small letters', 'up'],
  ['', 'small letters', 'model'],
  ['モデル', 'small letters', 'model'],
])('is not called %j, and the advice is accepted', (name, why, advice) => {
  expect(fault(name)).toMatch(/^EXPORT_NAME: /);
  expect(fault(name)).toContain(why);
  expect(fault(name)).toMatch(new RegExp(`--name ${advice}$`));
  expect(fault(advice)).toBeUndefined();
});

it.each(['kws', 'model', 'model_2', 'signal', 'index', 'round', 'console', 'x'.repeat(33)])(
  'may be called %s',
  (name) => {
    expect(fault(name)).toBeUndefined();
  },
);

it.each(['hex', 'string', 'incbin'] as const)('names no file of a model called otherwise, as %s', (arrayFormat) => {
  // What the user calls the model's file may be anything, and is a comment.
  for (const [file, text] of exportedTexts(called('kws', { arrayFormat, modelName: 'network.h5' })))
    expect([file, text.match(/\bmodel(_\w+)?\.(tflite|h|cc|S)\b/g)]).toEqual([file, null]);
});
