// What is said to be written by a run that was refused.
import type { RefusedReport } from './refused-report.js';
import { unwrittenLines } from './refusal-text.js';

const refused = { error: { code: 'ACCURACY_BELOW_LIMIT' }, foreseen: null } as unknown as RefusedReport;

it('says that nothing was written, or what was all the same', () => {
  expect(unwrittenLines(refused, [])).toEqual(['wrote        nothing (ACCURACY_BELOW_LIMIT)']);
  expect(unwrittenLines(refused, ['the checkpoint in c'])).toEqual([
    'wrote        only the checkpoint in c (ACCURACY_BELOW_LIMIT)',
  ]);
});
