// What the table of targets counts as a broken promise.
import { faultsOf, letterOf, report } from './targets-report.mjs';

const runs = { outputs: [{ dtype: 'int8' }] };
const refusal = { profile: 'esp32', code: 'CODE', what: 'what', next: 'do that' };

it('takes an output that runs, and a refusal with a next act', () => {
  expect(letterOf({ scheme: 'int8', answer: runs })).toBe('I');
  expect(letterOf({ scheme: 'int8', mixed: 'int16x8', answer: runs })).toBe('M');
  expect([4, 5, 6].map((exitCode) => letterOf({ ...refusal, exitCode }))).toEqual(['u', 'x', 'a']);
});

it('takes nothing else', () => {
  const cells = [
    { profile: 'esp32', scheme: 'int8', answer: { error: 'no kernel' } },
    { profile: 'esp32', scheme: 'int8' },
    { ...refusal, exitCode: 4, next: '' },
    ...[1, 2, 3, 11].map((exitCode) => ({ ...refusal, exitCode })),
  ];
  expect(cells.map(letterOf)).toEqual(['R', 'R', '!', '!', '!', '!', '!']);
  expect(faultsOf([{ source: 'a.h5', cells }])).toHaveLength(cells.length);
  const text = report({ rows: [{ source: 'a.h5', cells }], unread: [], quantized: 0, profiles: ['esp32'] });
  expect(text).toContain('REJECTED  a.h5 on esp32, int8: no kernel');
  expect(text).toContain('2 outputs that their runtime rejects, 5 other endings');
});
