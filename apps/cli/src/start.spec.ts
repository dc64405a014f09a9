// What the command says before any of it is loaded.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
