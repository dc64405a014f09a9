// The list of formats.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatNames } from '../data-source.js';
import { dataFormats } from './index.js';

it('the list of formats is the folder, each format under its own name', () => {
  const names = readdirSync(fileURLToPath(new URL('.', import.meta.url))).filter(
    (name) => !name.endsWith('.spec.ts') && name !== 'format.ts' && name !== 'index.ts',
  );
  expect(names.sort()).toEqual(formatNames.map((name) => `${name}.ts`).sort());
  expect(Object.values(dataFormats).map(({ name }) => name)).toEqual(Object.keys(dataFormats));
});
