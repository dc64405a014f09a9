// What V8 says when there is no memory, told from faults of the program.
import { isMemoryExhausted, memoryExhausted } from './memory-exhausted.js';

/** What really is thrown for more than any machine has. */
function thrownBy(ask: () => unknown): Error {
  try {
    ask();
  } catch (error) {
    return error as Error;
  }
  throw new Error('there was as much');
}

const grow = (): unknown => {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { Memory: new (limits: object) => { grow(pages: number): number } };
  };
  return new WebAssembly.Memory({ initial: 65_536 }).grow(1);
};

it.each<[string, () => unknown]>([
  ['an array', () => new ArrayBuffer(2 ** 52)],
  ['a WebAssembly memory that grows', grow],
])('knows what is said of %s', (_, ask) => {
  expect(isMemoryExhausted(thrownBy(ask))).toBe(true);
});

it.each([
  ['RangeError', 'WebAssembly.Memory(): could not allocate memory'],
  ['RangeError', 'WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance'],
  ['Error', 'Worker terminated due to reaching memory limit: JS heap out of memory'],
  ['Error', 'ENOMEM: not enough memory, read'],
])('knows it by its words alone: %s: %s', (_, message) => {
  expect(isMemoryExhausted(new Error(message))).toBe(true);
});

it('takes nothing else for it', () => {
  const others = [
    new RangeError('Invalid array length'),
    new TypeError('memory of x is undefined'),
    'ENOMEM',
    undefined,
  ];
  expect(others.map(isMemoryExhausted)).toEqual([false, false, false, false]);
  expect(isMemoryExhausted(memoryExhausted(new Error('ENOMEM')))).toBe(false);
  expect(memoryExhausted(new Error('ENOMEM: read')).definition.exitCode).toBe(11);
});
