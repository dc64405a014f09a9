// A copy of an example in a folder of its own, as a user would take it out.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFolder } from './example-folder.mjs';

/** @param {string} name @returns {{ path: string, remove: () => void }} */
export function copiedExample(name) {
  const path = mkdtempSync(join(tmpdir(), `example-${name}-`));
  const isSource = (from) => from !== join(exampleFolder(name), 'build');
  cpSync(exampleFolder(name), path, { recursive: true, filter: isSource });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
