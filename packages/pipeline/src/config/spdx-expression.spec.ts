// Licences as they may be written, and as they may not.
import { isSpdxExpression } from './spdx-expression.js';

it.each([
  'MIT',
  'Apache-2.0',
  'GPL-2.0+',
  'MIT OR Apache-2.0',
  '(MIT AND CC-BY-4.0) OR GPL-2.0-only WITH Classpath-exception-2.0',
  'LicenseRef-of-us',
  'DocumentRef-a:LicenseRef-b',
])('takes %s', (text) => {
  expect(isSpdxExpression(text)).toBe(true);
});

it.each([
  '',
  'MIT License',
  'MIT or Apache-2.0',
  'MIT OR',
  'AND MIT',
  '(MIT',
  'MIT)',
  '()',
  'MIT WITH',
  'MIT/Apache-2.0',
  '*/ int x;',
  'MIT\n',
  'MIT\\',
  'x'.repeat(201),
])('takes no %j', (text) => {
  expect(isSpdxExpression(text)).toBe(false);
});
