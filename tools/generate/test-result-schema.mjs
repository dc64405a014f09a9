// Puts the form of a tested pair, as docs/schema has it, where results from elsewhere are held to it. `npm run generate` calls it.
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const root = new URL('../../', import.meta.url);
const { definitions } = JSON.parse(readFileSync(new URL('docs/schema/test-result.schema.json', root), 'utf8'));
const text = `// The form of a tested pair, from docs/schema/test-result.schema.json by \`npm run generate\`; not to be edited.
/* eslint max-lines: off */

export const testedPairSchema = ${JSON.stringify({ $ref: '#/definitions/pair', definitions })};
`;
const target = 'packages/pipeline/src/lab/tested-pair-schema.ts';
const style = { parser: 'typescript', singleQuote: true, printWidth: 120, objectWrap: 'collapse' };
writeFileSync(new URL(target, root), await format(text, style));
