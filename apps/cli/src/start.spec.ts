// What the command says before any of it is loaded.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../bin/deploy.mjs', import.meta.url));
const enginesOf = (path: string): unknown =>
  (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { readonly engines: unknown }).engines;

function startWith(version: string): { status: number | null; stderr: string; stdout: string } {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;
  return spawnSync(process.execPath, ['--import', pretend, command, '--version'], { encoding: 'utf8' });
}

it('says in one line that Node is too old', () => {
  for (const version of ['18.20.8', '20.18.3'])
    expect(startWith(version)).toMatchObject({
      status: 11,
      stdout: '',
      stderr: `deploy: this is Node ${version}; it needs 20.19 or later: https://nodejs.org\n`,
    });
  expect(startWith('20.19.0')).toMatchObject({ status: 0, stderr: '' });
});

it('asks for the Node that the repository asks for', () => {
  expect(enginesOf('../package.json')).toEqual(enginesOf('../../../package.json'));
});

/** Names of the files that a bundled module needs before it runs, itself included. */
function loadedAtStart(name: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(new URL(`../bundle/${name}`, import.meta.url), 'utf8');
  for (const [, next] of text.matchAll(/^(?:import|\}) (?:.* )?(?:from )?"\.\/([^"]+)";/gm)) loadedAtStart(next!, seen);
  return seen;
}

it('loads a small part of the tool before it is known what to do', () => {
  const files = [...loadedAtStart('deploy.mjs')];
  const bytes = files.map((name) => statSync(new URL(`../bundle/${name}`, import.meta.url)).size);
  expect(files.length).toBeGreaterThan(2);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(450_000);
});
