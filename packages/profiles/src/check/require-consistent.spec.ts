// Profiles in which one setting makes another void are refused, with the place of what would be void.
import type { DeviceProfile } from '../device-profile.js';
import { requireConsistent } from './require-consistent.js';

const region = { bytes: 100, reservedBytes: 0, source: 's' };
const profile = {
  id: 'mine',
  memory: { flash: region, ram: region },
  arithmetic: { int8: 'native', int16: 'none', fp16: 'none', fp32: 'emulated', simd: null },
  schemes: [{ scheme: 'int8' }, { scheme: 'float32' }],
  io: { input: 'float32', output: 'int8' },
  export: { layout: 'file' },
  runtime: { name: 'litert', from: '2025-01-01' },
} as unknown as DeviceProfile;

const faultOf = (changes: Partial<DeviceProfile>): string => {
  try {
    requireConsistent({ ...profile, ...changes });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

it('lets through what can be followed', () => {
  expect(faultOf({})).toBe('');
  expect(faultOf({ memory: { flash: { ...region, reservedBytes: 100 }, ram: region } })).toBe('');
});

it.each<[string, Partial<DeviceProfile>, RegExp]>([
  [
    'a scheme twice, the second with limits that nobody would look at',
    { schemes: [{ scheme: 'int8' }, { scheme: 'float32' }, { scheme: 'int8', limits: { arenaBytes: 1 } }] },
    /the scheme int8 stands in the list twice\n.*mine at \/schemes\/2\n/,
  ],
  [
    'a scheme that nothing computes',
    { schemes: [{ scheme: 'int8' }, { scheme: 'int16x8' }] },
    /int16x8 is wanted, and \/arithmetic\/int16 is "none"\n.*at \/schemes\/1\n.*remove the scheme/,
  ],
  [
    'a scheme of two kinds of arithmetic, of which one is not there',
    { schemes: [{ scheme: 'dynamic-range' }], arithmetic: { ...profile.arithmetic, fp32: 'none' } },
    /\/arithmetic\/fp32 is "none"\n.*at \/schemes\/0\n/,
  ],
  [
    'numbers of 16 bits where only those of 32 are computed with',
    { schemes: [{ scheme: 'float32' }, { scheme: 'float16' }] },
    /float16 is wanted, and \/arithmetic\/fp16 is "none"\n.*at \/schemes\/1\n/,
  ],
  [
    'one scale for a matrix of weights that have none',
    {
      schemes: [
        { scheme: 'int8', compactMatrices: true },
        { scheme: 'float32', compactMatrices: true },
      ],
    },
    /the weights of float32 have none\n.*at \/schemes\/1\/compactMatrices\n.*remove/,
  ],
  [
    'real inputs where nothing computes with them',
    { schemes: [{ scheme: 'int8' }], arithmetic: { ...profile.arithmetic, fp32: 'none' } },
    /float32 is wanted.*\n.*at \/io\/input\n/,
  ],
  [
    'code for what opens a file',
    { runtime: { name: 'compiled-c', from: '0.1' } },
    /compiled-c makes C for a firmware.*\n.*at \/export\/layout\n.*set "layout" to firmware/,
  ],
  [
    'the place of an array where none is written',
    { export: { layout: 'file', placement: { section: null, why: 'w' } } },
    /"placement" is of an array, and the layout file writes none\n.*at \/export\/placement\n.*remove/,
  ],
  [
    'an array without its format',
    { export: { layout: 'firmware', placement: { section: null, why: 'w' } } },
    /"arrayFormat" does not say how\n.*at \/export\/arrayFormat\n.*add "arrayFormat"/,
  ],
  [
    'an application that opens what is an array',
    { export: { layout: 'firmware', example: 'cpp-cpu', arrayFormat: 'hex', placement: { section: null, why: 'w' } } },
    /"example" shows how an application opens a file.*\n.*at \/export\/example\n.*remove "example"/,
  ],
  [
    'constants in the program memory of an AVR',
    { export: { layout: 'firmware', arrayFormat: 'hex', placement: { section: '.progmem.data', why: 'w' } } },
    /wanted in \.progmem\.data.*\n.*at \/export\/placement\/section\n.*set it to null/,
  ],
  [
    'constants beside the instructions of an ESP8266',
    { export: { layout: 'firmware', arrayFormat: 'hex', placement: { section: '.irom.text', why: 'w' } } },
    /wanted in \.irom\.text/,
  ],
  [
    'more reserved than there is',
    { memory: { flash: region, ram: { ...region, reservedBytes: 101 } } },
    /101 bytes are reserved of 100 that there are\n.*at \/memory\/ram\/reservedBytes\n/,
  ],
])('refuses %s', (_, changes, says) => {
  expect(faultOf(changes)).toMatch(says);
});
