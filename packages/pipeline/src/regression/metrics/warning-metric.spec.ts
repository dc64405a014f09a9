// Warnings are held with the layer that they are of, and without the place of a file.
import { warningMetric } from './warning-metric.js';

const warning = (code: string, where?: string) => ({ code, title: '', what: '', next: '', ...(where && { where }) });
const valueOf = (...warnings: readonly ReturnType<typeof warning>[]) =>
  warningMetric(warnings, new Set(['conv_1', 'conv_2'])).value;

it('moves where another layer is warned of, and not where a file lies elsewhere', () => {
  expect(valueOf(warning('B', 'conv_1'), warning('A'))).toBe('A, B at conv_1');
  expect(valueOf(warning('B', 'conv_2'))).toBe('B at conv_2');
  expect(valueOf(warning('B', 'conv_2 and 3 more'))).toBe('B at conv_2 and 3 more');
  expect(valueOf(warning('B', '/home/me/a.csv'))).toBe('B');
});
