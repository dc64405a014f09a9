// The demo writes into a folder that may hold somebody's work.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, runNode, temporaryFolder } from './testing/built-command.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** What a run of the demo does around its writing. */
async function demoWrites(content: string): Promise<readonly string[]> {
  const module = pathToFileURL(join(repositoryRoot, 'tools', 'demo', 'own-files.mjs')).href;
  const script = `
    import { writeFileSync } from 'node:fs';
    const { keepOthers, listOwn } = await import(${JSON.stringify(module)});
    const folder = ${JSON.stringify(folder.path)};
    console.log(JSON.stringify(keepOthers(folder, ['shapes.h5'])));
    writeFileSync(folder + '/shapes.h5', ${JSON.stringify(content)});
    listOwn(folder, ['shapes.h5']);`;
  const { code, stdout, stderr } = await runNode(['--input-type=module', '--eval', script]);
  expect([stderr, code]).toEqual(['', 0]);
  return JSON.parse(stdout) as readonly string[];
}

it('keeps what is not its own and overwrites what is', async () => {
  writeFileSync(at('shapes.h5'), 'mine');
  writeFileSync(at('notes.txt'), 'mine too');
  expect(await demoWrites('1')).toEqual(['shapes.h5.kept']);
  expect(await demoWrites('2')).toEqual([]);
  writeFileSync(at('shapes.h5'), 'changed');
  expect(await demoWrites('3')).toEqual(['shapes.h5.kept-2']);
  const texts = readdirSync(folder.path)
    .filter((name) => name !== 'demo-files.json')
    .map((name) => [name, readFileSync(at(name), 'utf8')]);
  expect(texts).toEqual([
    ['notes.txt', 'mine too'],
    ['shapes.h5', '3'],
    ['shapes.h5.kept', 'mine'],
    ['shapes.h5.kept-2', 'changed'],
  ]);
});
