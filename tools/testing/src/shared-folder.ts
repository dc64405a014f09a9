// Finds the reference models and data that may lie beside the repository, and runs suites only when they do.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder that holds `models/` and `data/`: `$WHERRY_SHARED`, else `../shared` seen from the repository. */
export function sharedFolder(): string {
  const override = process.env['WHERRY_SHARED'];
  return override !== undefined && override !== '' ? override : join(repositoryRoot, '..', 'shared');
}

/** Path of a file in the shared folder; says nothing about whether it is there. */
export function sharedPath(...parts: readonly string[]): string {
  return join(sharedFolder(), ...parts);
}

/**
 * A `describe` block that needs the shared folder. Without the folder the suite is left out: one notice on the
 * console and one "todo" entry in the results, so that neither the reader nor the totals take it for passed.
 */
export function describeShared(name: string, suite: () => void): void {
  if (existsSync(sharedFolder())) {
    describe(name, suite);
    return;
  }
  console.warn(`left out: ${name}: ../shared is not there`);
  describe(name, () => {
    it.todo('left out: ../shared is not there');
  });
}
