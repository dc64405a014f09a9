// A model export with one of everything, for tests.
import type { ModelExport } from '../model-export.js';

/** Byte values of every kind, and a length that is no multiple of the line's. */
const bytes = Uint8Array.from({ length: 1021 }, (_, at) => (at * 37 + (at >> 8) * 11) & 0xff);

export function sampleExport(change: Partial<ModelExport> = {}): ModelExport {
  return {
    modelName: 'resnet 8',
    name: 'model',
    symbol: 'g_model',
    model: bytes,
    inputs: [{ name: 'image', shape: [1, 32, 32, 3], dtype: 'int8', quantization: { scale: 1, zeroPoint: -128 } }],
    outputs: [
      {
        name: 'scores',
        shape: [1, 3],
        dtype: 'int8',
        quantization: { scale: Math.fround(1 / 256), zeroPoint: -128 },
        labels: ['cat', 'dog "?"', 'höhe'],
      },
    ],
    keepsState: false,
    selfTest: [0, 1].map((shift) => ({
      inputs: [Uint8Array.from({ length: 3072 }, (_, at) => (at * 7 + shift) & 0xff)],
      outputs: [Uint8Array.of(1, 2 + shift, 255)],
    })),
    resolverMethods: ['AddConv2D', 'AddFullyConnected', 'AddSoftmax'],
    arena: { bytes: 57000, marginPercent: 5 },
    runtime: {
      name: 'tflm-esp-nn',
      from: '1.3.4',
      simd: 'Xtensa PIE, 128 bit',
      needs: [{ component: 'espressif/esp-nn', from: '1.2.3', why: 'older ones compute otherwise' }],
    },
    hashes: { model: 'ab'.repeat(32), calibration: null, profile: 'cd'.repeat(32) },
    profileId: 'esp32',
    tool: { name: 'wherry', version: '0.1.0' },
    placement: { section: null, why: '.rodata is memory-mapped flash' },
    arrayFormat: 'hex',
    ...change,
  };
}
