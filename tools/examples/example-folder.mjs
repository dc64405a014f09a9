// Where an example lies.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../apps/examples/', import.meta.url));

/** @param {string} name */
export const exampleFolder = (name) => join(folder, name);
