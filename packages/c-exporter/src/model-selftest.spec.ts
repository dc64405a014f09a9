// The self-test as firmware runs it: right answers pass, a wrong one is found and numbered, a failing run and another model too.
import { exportC } from './export-c.js';
import { exportedTexts } from './testing/exported-texts.js';
import { buildFolder, describeCompiled, type BuildFolder } from './testing/host-compiler.js';
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

it('is left out without cases, and refused with uneven ones', () => {
  expect([...exportedTexts(sampleExport({ selfTest: [] })).keys()]).not.toContain('model_selftest.h');
  const [first] = model.selfTest;
  const uneven = { ...model, selfTest: [first!, { ...first!, inputs: [Uint8Array.of(1)] }] };
  expect(() => exportC(uneven)).toThrow(/EXPORT_MODEL.*not alike in size/);
});
