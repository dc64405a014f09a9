// What a passing refusal of Windows does to a run, and that other systems are taken at their word.
import { patiently } from './patience.js';

/** Refuses so many times. */
function refusing(times: number, code: string): { readonly work: () => Promise<string>; readonly calls: () => number } {
  let calls = 0;
  const work = (): Promise<string> =>
    calls++ < times ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve('done');
  return { work, calls: () => calls };
}

it.each(['EPERM', 'EACCES', 'EBUSY', 'ENOTEMPTY'])('tries again on Windows after %s', async (code) => {
  const { work, calls } = refusing(3, code);
  await expect(patiently(work, { platform: 'win32' })).resolves.toBe('done');
  expect(calls()).toBe(4);
});

it('gives up in the end, with what the system said', async () => {
  const { work, calls } = refusing(100, 'EPERM');
  await expect(patiently(work, { platform: 'win32', most: 100 })).rejects.toThrow('EPERM');
  expect(calls()).toBe(4);
});

it.each([
  ['linux', 'EPERM'],
  ['darwin', 'EBUSY'],
  ['win32', 'ENOENT'],
] as const)('takes %s at its word for %s', async (platform, code) => {
  const { work, calls } = refusing(1, code);
  await expect(patiently(work, { platform })).rejects.toThrow(code);
  expect(calls()).toBe(1);
});
