// Writes docs/operators.md from the operators' definitions, as built. `npm run generate` calls it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { operatorsDocument } from '../../packages/graph/dist/index.js';

const file = new URL('../../docs/operators.md', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, operatorsDocument());
