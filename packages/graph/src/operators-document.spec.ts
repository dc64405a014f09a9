// The committed document of the operators is what the definitions say.
import { readFileSync } from 'node:fs';
import { operatorsDocument } from './operators-document.js';
import { operatorOf, opKinds } from './ops/index.js';

it('is committed as it is generated: `npm run generate` after a change', () => {
  expect(readFileSync(new URL('../../../docs/operators.md', import.meta.url), 'utf8')).toBe(operatorsDocument());
});

it('has a section for every operator and a line for every requirement', () => {
  const document = operatorsDocument();
  for (const kind of opKinds) {
    expect(document).toContain(`\n## ${kind}\n`);
    for (const { sentence } of operatorOf(kind).requires) expect(document).toContain(`\n- ${sentence}\n`);
  }
});
