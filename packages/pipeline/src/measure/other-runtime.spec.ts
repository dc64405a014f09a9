// The remark where a firmware has another runtime than the folder is for.
import { otherRuntime } from './other-runtime.js';

const interpreted = { arenaBytes: 4096, isCompiled: false };
const compiled = { arenaBytes: 1024, isCompiled: true };

it.each([
  ['compiled-c', interpreted, 'for an interpreter, whose report foretells an arena of 4096 bytes'],
  ['tflm-esp-nn', compiled, 'what was measured is tflm-esp-nn'],
])('%s in the place of the other', (runtime, foretold, said) => {
  const [remark, ...more] = otherRuntime(runtime, foretold);
  expect(more).toEqual([]);
  expect(remark).toMatchObject({ code: 'MEASURED_OTHER_RUNTIME', what: expect.stringContaining(said) as string });
});

it.each([
  ['compiled-c', compiled],
  ['tflm-esp-nn', interpreted],
  ['unknown', compiled],
  ['compiled-c', undefined],
])('nothing of %s where it is that one, or nobody says', (runtime, foretold) =>
  expect(otherRuntime(runtime, foretold)).toEqual([]),
);
