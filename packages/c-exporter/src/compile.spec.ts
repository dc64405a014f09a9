// The exported files as compilers see them: warnings are errors, whatever the model is called.
import type { ModelExport } from './model-export.js';
import { sanitizedName } from '@wherry/c-source';
import { exportedTexts } from './testing/exported-texts.js';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { sampleExport } from './testing/sample-export.js';

/** Only what the generated header calls, under the path it includes. */
const standIn = (methods: readonly string[]): string => `#ifndef STAND_IN_H
#define STAND_IN_H
typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
namespace tflite {
template <unsigned int tOpCount> class MicroMutableOpResolver {
 public:
  unsigned int calls = 0;
${methods.map((method) => `  TfLiteStatus ${method}() { return ++calls <= tOpCount ? kTfLiteOk : kTfLiteError; }`).join('\n')}
};
}
#endif
`;

const headers = ['model_data.h', 'model_settings.h', 'model_io.h', 'model_selftest.h', 'model_ops.h'] as const;

const awfulNames = [
  'x=1; int evil=2; unsigned char y',
  'my-model',
  'class',
  '1abc',
  '*/ evil',
  '/* evil',
  'モデル é',
  '??/',
  'trailing\\',
  '\\\nint x;',
  '\u202eevil\u2066',
  'x'.repeat(300),
  '',
  '"; #error',
  '\u0000',
  '??)',
  '*',
  '/',
];

describeCompiled('the exported files', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  function write(model: ModelExport): void {
    folder.write(new Map<string, string>([...exportedTexts(model)]));
    // A flat file under the included name: the quotes' search starts in the folder itself.
    const include = '#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"';
    const ops = exportedTexts(model).get('model_ops.h')!;
    expect(ops).toContain(include);
    folder.write(
      new Map([
        ['model_ops.h', ops.replace(include, '#include "stand_in.h"')],
        ['stand_in.h', standIn([...new Set(model.resolverMethods)])],
      ]),
    );
  }

  function compileUsers(sources: ReadonlyMap<string, string>): void {
    folder.write(sources);
    for (const source of sources.keys()) folder.compile(source, source.endsWith('.c') ? 'c11' : 'c++11');
  }

  it.each(headers)('%s stands alone in C11 and C++11', (header) => {
    write(sampleExport());
    const use = `#include "${header}"\n#include "${header}"\nint main(void) { return 0; }\n`;
    compileUsers(
      new Map([
        ['use.c', use],
        ['use.cc', use],
      ]),
    );
  });

  it.each(awfulNames)('compile for a model called %j', (name) => {
    const symbol = `g_${sanitizedName(name, 'model', 20)}`;
    const tensor = {
      name,
      shape: [1, 2],
      dtype: 'int16',
      quantization: { scale: 0.5, zeroPoint: 3 },
      labels: [name, 'b'],
    } as const;
    write(
      sampleExport({
        modelName: name,
        symbol,
        inputs: [tensor],
        outputs: [tensor, { name, shape: [], dtype: 'int32' }],
        selfTest: [
          { inputs: [Uint8Array.of(1, 2, 3, 4)], outputs: [Uint8Array.of(5, 6, 7, 8), Uint8Array.of(9, 0, 1, 2)] },
        ],
        placement: { section: null, why: name },
        profileId: name,
        tool: { name, version: name },
      }),
    );
    const labels = `${symbol}_output_0_labels`.toUpperCase();
    const use = `${headers.map((header) => `#include "${header}"`).join('\n')}
const char *const labels[] = ${labels};
int main(void) { return ${symbol}_len == 0 || labels[0] == 0 || ${symbol}_quantize_input_0(1.0f) == 0; }\n`;
    compileUsers(
      new Map([
        ['use.c', use],
        ['use.cc', use],
      ]),
    );
    folder.compile('model_data.cc', 'c++11');
  });

  it.each(['hex', 'string', 'incbin'] as const)(
    'hold the bytes of the model, written as %s, for a C program',
    (arrayFormat) => {
      const model = sampleExport({
        arrayFormat,
        placement: { section: arrayFormat === 'hex' ? '.ext' : null, why: 'w' },
      });
      write(model);
      folder.write(
        new Map<string, string | Uint8Array>([
          ['model.tflite', model.model],
          [
            'main.c',
            `#include <stdio.h>
#include <stdint.h>
#include "model_data.h"
int main(void) {
  if (g_model_len != G_MODEL_LEN || (uintptr_t)g_model % 16u != 0) return 2;
  return fwrite(g_model, 1, g_model_len, stdout) == g_model_len ? 0 : 1;
}
`,
          ],
        ]),
      );
      const data =
        arrayFormat === 'incbin' ? folder.compile('model_data.S', 'asm') : folder.compile('model_data.cc', 'c++11');
      const program = folder.link([folder.compile('main.c', 'c11'), data], 'program');
      expect(new Uint8Array(folder.run(program))).toEqual(model.model);
    },
  );

  it('notice another model.tflite than the one they were made for', () => {
    const model = sampleExport({ arrayFormat: 'incbin' });
    write(model);
    folder.write(new Map([['model.tflite', model.model.subarray(1)]]));
    expect(() => folder.compile('model_data.S', 'asm')).toThrow(/not the file that this was generated for/);
  });

  it('register exactly the operators there is room for', () => {
    write(sampleExport());
    folder.write(
      new Map([
        [
          'main.cc',
          `#include "model_ops.h"
int main() {
  g_model_op_resolver resolver;
  if (g_model_register_ops(resolver) != kTfLiteOk || resolver.calls != 3) return 1;
  return resolver.AddSoftmax() == kTfLiteError ? 0 : 2;
}
`,
        ],
      ]),
    );
    expect(() => folder.run(folder.link([folder.compile('main.cc', 'c++11')], 'program'))).not.toThrow();
  });
});
