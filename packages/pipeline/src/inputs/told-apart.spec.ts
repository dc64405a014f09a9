// Two files are told apart by as little of their paths as does it.
import { join } from 'node:path';
import { toldApart } from './told-apart.js';

it.each([
  ['different names', ['a/int8.tflite', 'b/float.h5'], ['int8.tflite', 'float.h5']],
  ['the same name in two folders', ['a/model.tflite', 'b/model.tflite'], ['a/model.tflite', 'b/model.tflite']],
  ['folders above', ['x/a/out/m.h5', 'x/b/out/m.h5'], ['a/out/m.h5', 'b/out/m.h5']],
  ['one of this folder', ['m.h5', 'b/m.h5'], ['m.h5', 'b/m.h5']],
  ['one file', ['a/m.h5', 'b/../a/./m.h5'], ['m.h5', 'm.h5']],
] as const)('%s', (_, [own, other], expected) => {
  expect(toldApart(join(own), join(other))).toEqual(expected);
});

it('takes what is in memory by the name that it was given', () => {
  const bytes = new Uint8Array();
  expect(toldApart({ fileName: 'm.h5', bytes }, join('b', 'm.h5'))).toEqual(['m.h5', 'b/m.h5']);
});
