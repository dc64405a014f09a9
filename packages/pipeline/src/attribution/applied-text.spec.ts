// What was chosen by samples is not to be read as measured on others.
import type { TriedRemedy } from './explanation.js';
import { appliedText } from './explanation-text.js';

const remedy = (options: string): TriedRemedy => ({ options, changes: {}, gainDb: 1, verdict: 'gain', why: null });

it('says of the best of several that it was chosen by the samples whose accuracy is told', () => {
  const [best, other] = [remedy('--method mse'), remedy('--rounding nearest')];
  const text = appliedText({ samples: 96, tried: [best, other] }, best);
  expect(text).toMatch(/^applied {6}--method mse\n/);
  expect(text.replace(/\s+/g, ' ')).toContain(
    'the best of 2 settings, by 96 samples that the accuracy below is measured on as well: others may gain less',
  );
});

it('leaves a single setting, of which nothing was chosen, alone', () => {
  expect(appliedText({ samples: 96, tried: [remedy('--scheme int8')] }, remedy('--scheme int8'))).toBe(
    'applied      --scheme int8',
  );
});
