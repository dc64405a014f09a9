// Every fault of the list can still be planted: `npm run faults` plants them, on demand, as that takes minutes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faults } from './faults.mjs';
import { occurrences, planted } from './plant.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

it.each(faults.map((fault) => [fault.name, fault]))('%s', (_, fault) => {
  const source = readFileSync(join(root, fault.file), 'utf8');
  expect(occurrences(source, fault)).toBe(1);
  expect(planted(source, fault)).not.toBe(source);
  expect([fault.suite, existsSync(join(root, fault.suite))]).toEqual([fault.suite, true]);
});

it('are told apart by their names', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

it('are put in as they are written', () => {
  const fault = { find: 'a + b', replace: "$& $1 $'" };
  expect([occurrences('a + b', fault), occurrences('a + b, a + b', fault), occurrences('', fault)]).toEqual([1, 2, 0]);
  expect(planted('(a + b)', fault)).toBe("($& $1 $')");
});
