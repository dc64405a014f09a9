// The text of the files, and what the export refuses.
import { WherryError } from '@wherry/graph';
import { exportC } from './export-c.js';
import type { ModelExport } from './model-export.js';
import { exportedTexts } from './testing/exported-texts.js';
import { sampleExport } from './testing/sample-export.js';

function fileOf(
  name: 'model_data.h' | 'model_data.cc' | 'model_ops.h' | 'model_settings.h' | 'model_io.h',
  change?: Partial<ModelExport>,
): string {
  return exportedTexts(sampleExport(change)).get(name)!;
}

describe('exportC', () => {
  it('writes a closed list of files', () => {
    const names = (arrayFormat: ModelExport['arrayFormat']) => [...exportedTexts(sampleExport({ arrayFormat })).keys()];
    const headers = ['model_ops.h', 'model_settings.h', 'model_io.h', 'model_selftest.h'];
    expect(names('hex')).toEqual(['model_data.h', 'model_data.cc', ...headers]);
    expect(names('string')).toEqual(names('hex'));
    expect(names('incbin')).toEqual(['model_data.h', 'model_data.S', ...headers]);
  });

  it('gives the same text for the same model', () => {
    expect([...exportedTexts(sampleExport())]).toEqual([...exportedTexts(sampleExport())]);
  });

  it('declares the array and its length for both languages', () => {
    const header = fileOf('model_data.h');
    expect(header).toContain('#define G_MODEL_LEN 1021u');
    expect(header).toContain('extern const unsigned char g_model[];\nextern const unsigned int g_model_len;');
    expect(header).toContain('extern "C" {');
  });

  it('writes twelve bytes to a line, aligned to 16', () => {
    const source = fileOf('model_data.cc');
    expect(source).toContain('alignas(16) MODEL_DATA_ATTRIBUTES const unsigned char g_model[] = {\n');
    const lines = source.split('\n').filter((line) => line.startsWith('  0x'));
    expect(lines.map((line) => line.match(/0x/g)!.length)).toEqual([...Array<number>(85).fill(12), 1]);
  });

  it('registers each operator once, in order, and counts them exactly', () => {
    const header = fileOf('model_ops.h', { resolverMethods: ['AddConv2D', 'AddAdd', 'AddConv2D', 'AddSoftmax'] });
    expect(header.match(/resolver\.Add\w+/g)).toEqual(['resolver.AddConv2D', 'resolver.AddAdd', 'resolver.AddSoftmax']);
    expect(header).toContain('#define G_MODEL_OP_COUNT 3u');
  });

  it('names the runtime that the arena holds for, and what it needs', () => {
    const header = fileOf('model_settings.h');
    expect(header).toContain('Made for tflm-esp-nn 1.3.4 or later, with the kernels for Xtensa PIE, 128 bit.');
    expect(header).toContain('Needs espressif/esp-nn 1.2.3 or later: older ones compute otherwise.');
    for (const line of [
      'RUNTIME "tflm-esp-nn"',
      'RUNTIME_VERSION "1.3.4"',
      'RUNTIME_SIMD "Xtensa PIE, 128 bit"',
      'RUNTIME_NEEDS "espressif/esp-nn>=1.2.3"',
      'ARENA_FROM_HEAP 0',
    ])
      expect(header).toContain(`#define G_MODEL_${line}\n`);
  });

  it('tells the firmware to take an arena from the heap that cannot be static', () => {
    const fromHeap = { staticBytes: 131072, allocation: 'take(16, BYTES)' };
    const header = fileOf('model_settings.h', { arena: { bytes: 150000, marginPercent: 5, fromHeap } });
    expect(header).toContain('#define G_MODEL_ARENA_FROM_HEAP 1\n');
    expect(header).toContain('131072 bytes');
    expect(header).toContain('take(16, BYTES)');
  });

  it('writes arena, shapes, types, scales, zero points and hashes', () => {
    expect(fileOf('model_settings.h').split('\n')).toEqual(
      expect.arrayContaining([
        '#define G_MODEL_ARENA_BYTES 57000u',
        '#define G_MODEL_INPUT_0_SHAPE { 1, 32, 32, 3 }',
        '#define G_MODEL_INPUT_0_ELEMENTS 3072u',
        '#define G_MODEL_INPUT_0_DTYPE "int8"',
        '#define G_MODEL_INPUT_0_ZERO_POINT (-128)',
        '#define G_MODEL_OUTPUT_0_SCALE 0.00390625f',
        `#define G_MODEL_SHA256 "${'ab'.repeat(32)}"`,
        '#define G_MODEL_CALIBRATION_SHA256 ""',
        '#define G_MODEL_OUTPUT_0_LABELS { "cat", "dog \\042\\077\\042", "h\\303\\266he" }',
      ]),
    );
  });

  it('puts the section of the profile into the placement macro', () => {
    const source = fileOf('model_data.cc', {
      placement: { section: '.ExtFlash', why: 'the model is in external flash' },
    });
    expect(source).toContain('#define MODEL_DATA_ATTRIBUTES __attribute__((section(".ExtFlash")))');
  });

  it.each<[string, Partial<ModelExport>, string]>([
    ['a symbol that is code', { symbol: 'x=1; int evil=2; unsigned char y' }, 'EXPORT_SYMBOL'],
    ['a keyword', { symbol: 'class' }, 'EXPORT_SYMBOL'],
    ['a symbol without room', { symbol: 'x'.repeat(60) }, 'EXPORT_SYMBOL'],
    ['a symbol that ends in an underscore', { symbol: 'x_' }, 'EXPORT_SYMBOL'],
    ['no bytes', { model: new Uint8Array() }, 'EXPORT_MODEL'],
    ['no operators', { resolverMethods: [] }, 'EXPORT_MODEL'],
    ['a method that is code', { resolverMethods: ['AddX(); evil'] }, 'EXPORT_MODEL'],
    [
      'a scale of 0',
      { inputs: [{ name: 'x', shape: [1], dtype: 'int8', quantization: { scale: 0, zeroPoint: 0 } }] },
      'EXPORT_MODEL',
    ],
    [
      'a scale that is no float32',
      { inputs: [{ name: 'x', shape: [1], dtype: 'int8', quantization: { scale: 0.1, zeroPoint: 0 } }] },
      'EXPORT_MODEL',
    ],
    [
      'a zero point out of range',
      { inputs: [{ name: 'x', shape: [1], dtype: 'int8', quantization: { scale: 1, zeroPoint: 128 } }] },
      'EXPORT_MODEL',
    ],
  ])('refuses %s', (_, change, code) => {
    expect(() => exportC(sampleExport(change))).toThrow(WherryError);
    expect(() => exportC(sampleExport(change))).toThrow(new RegExp(`^${code}: `));
  });

  it('offers an acceptable symbol in the fix', () => {
    expect(() => exportC(sampleExport({ symbol: 'my-model' }))).toThrow(/--symbol my_model$/);
  });
});
