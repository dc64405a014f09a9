// Every code that any source file declares can be explained.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnosticCatalogue, explainCode } from './diagnostic-catalogue.js';

const packages = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The keys of every `defineDiagnostics({ ... })`, tests apart. */
function declaredCodes(): string[] {
  return readdirSync(packages).flatMap((name) => {
    const sources = readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' });
    return sources
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      .map((path) => readFileSync(join(packages, name, 'src', path), 'utf8'))
      .filter((text) => text.includes('defineDiagnostics({'))
      .flatMap((text) => [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{$/gm)].map((match) => match[1]!));
  });
}

it('holds every code that is declared, once', () => {
  const codes = declaredCodes();
  expect(codes.length).toBeGreaterThan(80);
  expect(diagnosticCatalogue.map(({ code }) => code)).toEqual([...codes].sort());
});

it('explains what is printed for a bug', () => {
  expect(explainCode('bug')).toMatchObject({ code: 'BUG', exitCode: 1 });
});
