// Writes device-profiles/schema from the built package; run by the `generate` target.
import { mkdirSync, writeFileSync } from 'node:fs';
import { editorSchemas } from './dist/index.js';

const folder = new URL('../../device-profiles/schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of editorSchemas()) writeFileSync(new URL(name, folder), text);
