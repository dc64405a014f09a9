// Symbols that would not compile are refused, and no others: compilers are asked.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelNames } from '@wherry/c-source';
import { exportedTexts } from './testing/exported-texts.js';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { sampleExport } from './testing/sample-export.js';

const namesWith = (symbol: string): unknown => modelNames({ name: 'model', symbol });
const refused = (name: string): boolean => {
  try {
    namesWith(name);
    return false;
  } catch {
    return true;
  }
};

it.each([
  ...['tflite', 'std', 'TfLiteStatus', 'kTfLiteOk', 'MicroPrintf', 'memcpy', 'round', 'app_main', 'read', 'index'],
  ...[
    'class',
    '_Bool',
    '_Xy',
    '__x',
    'x__y',
    'typeof_unqual',
    'consteval',
    'co_yield',
    'constexpr',
    'nullptr',
    'char8_t',
  ],
  ...[
    'INT32_MAX',
    'UINT_FAST8_WIDTH',
    'PRIu64',
    'DBL_EPSILON',
    'M_PI',
    'NAN',
    'EXIT_SUCCESS',
    'assert',
    'value',
    'stored',
  ],
  // What would be names of another model, or share macros with one.
  ...['Net', 'ECG', 'FLT_NET', 'g_kws_len', 'g_kws_run', 'g_kws_selftest', 'g_kws_input_0', 'net_reset'],
])('refuses %s, and its advice is accepted', (name) => {
  expect(() => namesWith(name)).toThrow('EXPORT_SYMBOL: ');
  let advice = '';
  try {
    namesWith(name);
  } catch (error) {
    advice = /--symbol (\S+)/.exec((error as Error).message)![1]!;
  }
  expect(() => namesWith(advice)).not.toThrow();
});

/** Near what is refused, and all fine. */
const accepted = [
  ...[
    'g_model',
    'model',
    'm',
    'null',
    'strength',
    'memory_model',
    'isolate',
    'tomato',
    'rounded_model',
    'tflite_model',
    'flt_net',
    'int32',
  ],
  ...[
    'standard',
    'int8',
    'ecg',
    'e1',
    'm_net',
    'fp_model',
    'sign',
    'lens',
    'prerun',
    'network',
    'arena',
    'output',
    'scale',
  ],
];

const headers = [
  ...[
    'assert',
    'ctype',
    'errno',
    'float',
    'inttypes',
    'limits',
    'locale',
    'math',
    'setjmp',
    'signal',
    'stdarg',
    'stdbool',
  ],
  ...['stddef', 'stdint', 'stdio', 'stdlib', 'string', 'time', 'wchar', 'wctype', 'fenv'],
];
const includes = headers.map((name) => `#include <${name}.h>\n`).join('');

describeCompiled('symbols', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  it.each(accepted)('takes %s, which compiles beside every header of C', (symbol) => {
    folder.write(new Map<string, string>([...exportedTexts(sampleExport({ symbol }))]));
    const use = `${includes}#include "model_data.h"\n#include "model_settings.h"\n#include "model_io.h"\n#include "model_selftest.h"\nint main(void) { return ${symbol}[0]; }\n`;
    folder.write(new Map([...['use.c', 'use.cc'].map((name) => [name, use] as const)]));
    folder.compile('use.c', 'c11');
    folder.compile('use.cc', 'c++11');
    folder.compile('model_data.cc', 'c++11');
  });

  /** What the preprocessor makes of the headers, in words. */
  function asked(tool: string, flags: readonly string[], source: string): string {
    writeFileSync(join(folder.path, 'asked.c'), source);
    const { stdout, stderr } = spawnSync(tool, [...flags, 'asked.c'], {
      cwd: folder.path,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, LC_ALL: 'C' },
    });
    return `${stdout}${stderr}`;
  }

  it.each([
    ['gcc', ['-std=c11', '-xc']],
    ['g++', ['-std=c++11', '-xc++', '-D__STRICT_ANSI__']],
  ] as const)('refuses every name of these headers that %s does not let be declared again', (tool, flags) => {
    const words = [...new Set(asked(tool, [...flags, '-E', '-P'], includes).match(/\b[A-Za-z]\w*\b/g))];
    const macros = [...asked(tool, [...flags, '-E', '-dM'], includes).matchAll(/^#define ([A-Za-z]\w*)/gm)].map(
      (match) => match[1]!,
    );
    expect([words.length > 300, macros.length > 300]).toEqual([true, true]);
    /** Of this system's C library alone. */
    const isSystems = (name: string): boolean => /^[A-Z]|_l$|f(16|32|64|128)x?(_r)?$/.test(name);
    const candidates = words.filter((name) => !refused(name) && !macros.includes(name) && !isSystems(name));
    const declared = candidates.map((name) => `extern const unsigned char ${name}[];\n`).join('');
    const errors = asked(tool, [...flags, '-fsyntax-only', '-fmax-errors=0'], `${includes}${declared}`);
    expect(errors.split('\n').filter((line) => / error: /.test(line))).toEqual([]);
    expect(macros.filter((name) => !refused(name) && !isSystems(name))).toEqual([]);
  });
});
