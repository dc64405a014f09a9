// The self-test as firmware runs it: right answers pass, a wrong one is found and numbered, a failing run and another model too.
import { exportC } from './export-c.js';
import { exportedTexts } from './testing/exported-texts.js';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { sampleExport } from './testing/sample-export.js';

/** The model of these tests answers with sums over its first input, and with a constant. */
function answer(input: Uint8Array): Uint8Array[] {
  let [sum, last] = [0, 0];
  for (const value of input) [sum, last] = [(sum + value) & 255, value];
  return [Uint8Array.of(sum, last), Uint8Array.of(7)];
}

const inputs = [Uint8Array.of(1, 2, 3), Uint8Array.of(250, 9, 0), Uint8Array.of(0, 0, 0)];
const plain = { name: 'x', shape: [1, 3], dtype: 'uint8' } as const;
const model = sampleExport({
  inputs: [plain],
  outputs: [
    { ...plain, shape: [1, 2] },
    { ...plain, shape: [1, 1] },
  ],
  selfTest: inputs.map((input) => ({ inputs: [input], outputs: answer(input) })),
});

/** A model in C that does the same; argument 1 is the planted fault. */
const stand = `
#include <stdlib.h>
#include "model_selftest.h"
static uint8_t in[3], out[2], constant = 7;
static int fault;
static int run(void) {
  int at;
  if (fault == -1) return 1;
  out[0] = out[1] = 0;
  for (at = 0; at < 3; ++at) { out[0] = (uint8_t)(out[0] + in[at] * (fault == 1 && in[at] == 9 ? 2 : 1)); out[1] = in[at]; }
  constant = (uint8_t)(fault == 2 && in[0] == 0 ? 8 : 7);
  return 0;
}`;

const mainInC = `${stand}
static void *input(void *context, int index) { (void)context; (void)index; return in; }
static const void *output(void *context, int index) { (void)context; return index == 0 ? (const void *)out : (const void *)&constant; }
static int invoke(void *context) { (void)context; return run(); }
int main(int count, char **arguments) {
  g_model_selftest_t model = {0, 0, 0, 0};
  fault = count > 1 ? atoi(arguments[1]) : 0;
  model.input = input;
  model.output = output;
  model.invoke = invoke;
  return g_model_selftest(&model) & 255;
}
`;

/** With the members of MicroInterpreter and TfLiteTensor that the header uses. */
const mainInCpp = `${stand}
struct Tensor { struct { char *raw; } data; size_t bytes; };
struct Interpreter {
  Tensor inputs[1], outputs[2];
  Tensor *input(size_t at) { return &inputs[at]; }
  Tensor *output(size_t at) { return &outputs[at]; }
  int Invoke() { return run(); }
};
int main(int count, char **arguments) {
  fault = count > 1 ? atoi(arguments[1]) : 0;
  Interpreter interpreter = {{{{reinterpret_cast<char *>(in)}, fault == -2 ? 4u : 3u}},
    {{{reinterpret_cast<char *>(out)}, 2}, {{reinterpret_cast<char *>(&constant)}, 1}}};
  return g_model_selftest_tflm(interpreter) & 255;
}
`;

describeCompiled('the self-test', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  function build(source: string, text: string, language: 'c11' | 'c++11'): (fault: number) => number | null {
    folder.write(new Map<string, string>([...exportedTexts(model), [source, text]]));
    const program = folder.link([folder.compile(source, language)], 'program');
    return (fault) => folder.exitCode(program, [String(fault)]);
  }

  it.each([
    ['main.c', mainInC, 'c11'],
    ['main.cc', mainInCpp, 'c++11'],
  ] as const)('in %s finds the case with another answer, and a model that does not run', (source, text, language) => {
    const run = build(source, text, language);
    expect(run(0)).toBe(0);
    expect(run(1)).toBe(2);
    expect(run(2)).toBe(3);
    expect(run(-1)).toBe(255);
  });

  it('knows another model by the size of its tensors', () => {
    expect(build('main.cc', mainInCpp, 'c++11')(-2)).toBe(254);
  });
});

describeCompiled('the self-test of a model that keeps a state', () => {
  // Adds its input to what it has; the known answers are of runs one after the other, of which the first begins with zero.
  const sums = sampleExport({
    inputs: [{ ...plain, shape: [1, 1] }],
    outputs: [{ ...plain, shape: [1, 1] }],
    keepsState: true,
    selfTest: [
      [3, 3],
      [5, 8],
    ].map(([value, sum]) => ({ inputs: [Uint8Array.of(value!)], outputs: [Uint8Array.of(sum!)] })),
  });
  const body = (keeps: string): string => `
#include "model_selftest.h"
static uint8_t in[1], sum;
static int run(void) { sum = (uint8_t)(${keeps}in[0]); return 0; }`;
  const inC = (keeps: string, resets: string): string => `${body(keeps)}
static void *input(void *context, int index) { (void)context; (void)index; return in; }
static const void *output(void *context, int index) { (void)context; (void)index; return &sum; }
static int invoke(void *context) { (void)context; return run(); }
static int reset(void *context) { (void)context; ${resets} return 0; }
int main(void) {
  g_model_selftest_t model = {0, input, output, invoke, reset};
  return g_model_selftest(&model);
}
`;
  const inCpp = (keeps: string, resets: string): string => `${body(keeps)}
struct Tensor { struct { char *raw; } data; size_t bytes; };
struct Interpreter {
  Tensor inputs[1], outputs[1];
  Tensor *input(size_t at) { return &inputs[at]; }
  Tensor *output(size_t at) { return &outputs[at]; }
  int Invoke() { return run(); }
  int Reset() { ${resets} return 0; }
};
int main() {
  Interpreter interpreter = {{{{reinterpret_cast<char *>(in)}, 1}}, {{{reinterpret_cast<char *>(&sum)}, 1}}};
  return g_model_selftest_tflm(interpreter);
}
`;

  it.each([
    ['main.c', inC, 'c11'],
    ['main.cc', inCpp, 'c++11'],
  ] as const)('in %s goes on from case to case, and begins again', (source, text, language) => {
    const exit = (keeps: string, resets: string): number | null => {
      const folder = buildFolder();
      try {
        folder.write(new Map<string, string>([...exportedTexts(sums), [source, text(keeps, resets)]]));
        return folder.exitCode(folder.link([folder.compile(source, language)], 'program'), []);
      } finally {
        folder.remove();
      }
    };
    expect(exit('sum + ', 'sum = 0;')).toBe(0);
    // Where nothing is kept, the second run has another answer; where nothing is reset, the first has it when it comes again.
    expect(exit('', 'sum = 0;')).toBe(2);
    expect(exit('sum + ', '')).toBe(1);
  });
});

it('is left out without cases, and refused with uneven ones', () => {
  expect([...exportedTexts(sampleExport({ selfTest: [] })).keys()]).not.toContain('model_selftest.h');
  const [first] = model.selfTest;
  const uneven = { ...model, selfTest: [first!, { ...first!, inputs: [Uint8Array.of(1)] }] };
  expect(() => exportC(uneven)).toThrow(/EXPORT_MODEL.*not alike in size/);
});

/** A device that answers case i with `given[i]`, in the type that the model has. */
function answering(type: string, given: readonly string[], language: 'c' | 'cc'): string {
  const rows = given.map((each) => `{${each}}`).join(', ');
  const model = `
#include "model_selftest.h"
static uint8_t in[1];
static const ${type} answers[${given.length}][3] = {${rows}};
static ${type} out[3];
static int run(void) { memcpy(out, answers[in[0]], sizeof out); return 0; }`;
  if (language === 'cc') {
    return `${model}
struct Tensor { struct { char *raw; } data; size_t bytes; };
struct Interpreter {
  Tensor inputs[1], outputs[1];
  Tensor *input(size_t at) { return &inputs[at]; }
  Tensor *output(size_t at) { return &outputs[at]; }
  int Invoke() { return run(); }
};
int main() {
  Interpreter interpreter = {{{{reinterpret_cast<char *>(in)}, sizeof in}}, {{{reinterpret_cast<char *>(out)}, sizeof out}}};
  return g_model_selftest_tflm(interpreter);
}
`;
  }
  return `#include <math.h>
${model}
static void *input(void *context, int index) { (void)context; (void)index; return in; }
static const void *output(void *context, int index) { (void)context; (void)index; return out; }
static int invoke(void *context) { (void)context; return run(); }
int main(void) {
  g_model_selftest_t model = {0, input, output, invoke};
  return g_model_selftest(&model);
}
`;
}

/** Two cases with the known answers `known`, of a model with one output of three values. */
function knowing(dtype: 'float32' | 'int8' | 'int16', known: readonly Uint8Array[], computedInFloats: boolean) {
  const quantization = dtype === 'float32' ? undefined : { scale: 1, zeroPoint: 0 };
  return sampleExport({
    inputs: [{ ...plain, shape: [1] }],
    outputs: [{ ...plain, dtype, quantization, shape: [3], computedInFloats }],
    selfTest: known.map((bytes, i) => ({ inputs: [Uint8Array.of(i)], outputs: [bytes] })),
  });
}

const floats = (...rows: readonly (readonly number[])[]): Uint8Array[] =>
  rows.map((row) => new Uint8Array(Float32Array.from(row).buffer));
const int16s = (...rows: readonly (readonly number[])[]): Uint8Array[] =>
  rows.map((row) => new Uint8Array(Int16Array.from(row).buffer));

/** Known answers of a type and what a device answers, with the case that is wrong, or 0. */
const answers = {
  'the same': ['float32', floats([1, -20, 3], [0, 0, 0]), true, ['1, -20, 3', '0, 0, 0'], 0],
  'other last bits': ['float32', floats([1, -20, 3], [5, 5, 5]), true, ['1.0001f, -20.01f, 2.99f', '5, 5, 5.001f'], 0],
  'another answer': ['float32', floats([1, -20, 3], [5, 5, 5]), true, ['1, -20, 3', '5, 5, 5.01f'], 2],
  'a small case beside a large one': ['float32', floats([1, -20, 3], [0, 1e-3, 0]), true, ['1, -20, 3', '0, 0, 0'], 2],
  'nearly zero': ['float32', floats([0, 0, 0], [2, 0, 0]), true, ['1e-7f, 0, 0', '2, 0, 0'], 0],
  'no number': ['float32', floats([1, 2, 3], [5, 5, 5]), true, ['1, 2, 3', '5, (1e30f * 1e30f) * 0.0f, 5'], 2],
  'other last bits behind integers': [
    'float32',
    floats([1, 2, 3], [5, 5, 5]),
    false,
    ['1, 2, 3.000001f', '5, 5, 5'],
    1,
  ],
  'a step behind floats': [
    'int8',
    [Uint8Array.of(1, 100, 3), Uint8Array.of(1, 2, 3)],
    true,
    ['2, 99, 3', '1, 2, 4'],
    0,
  ],
  'two steps behind floats': [
    'int8',
    [Uint8Array.of(1, 100, 3), Uint8Array.of(1, 2, 3)],
    true,
    ['2, 99, 3', '1, 2, 5'],
    2,
  ],
  'a step of integers': ['int8', [Uint8Array.of(1, 100, 3), Uint8Array.of(1, 2, 3)], false, ['1, 99, 3', '1, 2, 3'], 1],
  'steps of int16 behind floats': ['int16', int16s([20000, 0, 0], [1, 2, 3]), true, ['20021, 0, 0', '1, 2, 4'], 0],
  'too many of them': ['int16', int16s([20000, 0, 0], [1, 2, 3]), true, ['20022, 0, 0', '1, 2, 4'], 1],
} as const satisfies {
  readonly [name: string]: readonly ['float32' | 'int8' | 'int16', Uint8Array[], boolean, readonly string[], number];
};

describeCompiled('the self-test of a model that computes in floats', () => {
  it.each(Object.entries(answers))('judges %s', (_, [dtype, known, computedInFloats, given, wrong]) => {
    const folder = buildFolder();
    try {
      const types = { float32: 'float', int8: 'int8_t', int16: 'int16_t' };
      for (const [language, standard] of [
        ['c', 'c11'],
        ['cc', 'c++11'],
      ] as const) {
        const source = `main.${language}`;
        folder.write(
          new Map([
            ...exportedTexts(knowing(dtype, known, computedInFloats)),
            [source, answering(types[dtype], given, language)],
          ]),
        );
        expect(folder.exitCode(folder.link([folder.compile(source, standard)], 'program'), [])).toBe(wrong);
      }
    } finally {
      folder.remove();
    }
  });
});
