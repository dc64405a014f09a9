// What is tried against a loss: settings of the scheme that the loss is of, and other schemes in the order of the profile.
import { findProfile } from '@wherry/profiles';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { leftOpen, smallModel } from '../testing/small-model.js';
import { possibleSchemes, possibleSettings } from './possible-remedies.js';

const model = smallModel();
afterAll(() => model.remove());
const target = findProfile(await readProfileFolder(), 'esp32');
const causes = [
  { cause: 'activation range', share: 0.9, alone: 0.9, removed: 0.9, evidence: null, layers: [] },
] as const;
const loss = { scheme: 'int8', isMixed: false, attribution: { causes } };
const request = { ...model.request, method: 'percentile', scheme: undefined } as const;

it('keeps every setting in the scheme that the loss is of, and says so where the profile would take another', () => {
  const settings = possibleSettings(request, target, loss);
  expect(settings.map(({ options }) => options)).toEqual(['--method mse', '--method min-max']);
  expect(settings.every(({ changes }) => changes.scheme === 'int8')).toBe(true);
  const [next] = possibleSettings(request, target, { ...loss, scheme: 'int16x8' });
  expect(next).toEqual({ options: '--method mse --scheme int16x8', changes: { method: 'mse', scheme: 'int16x8' } });
  const [mixed] = possibleSettings(request, target, { ...loss, isMixed: true });
  expect(mixed).toEqual({ options: '--method mse', changes: { method: 'mse' } });
});

it('has other schemes in the order of the profile, from the one that the loss is of', () => {
  const open = { ...request, ...leftOpen };
  const of = (scheme: string) => possibleSchemes(open, target, scheme).map(({ changes }) => changes.scheme);
  expect([of('int8'), of('int16x8'), of('float32')]).toEqual([['int16x8', 'float32'], ['float32'], []]);
});
