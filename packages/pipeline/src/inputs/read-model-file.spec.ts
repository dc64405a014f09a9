// A model file that is not there: told at once, with the one that was probably meant.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFile, requireModelThere } from './read-model-file.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wherry-model-'));
  for (const name of ['model.h5', 'model.txt']) writeFileSync(at(name), 'x');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('names the model whose name is nearly that', async () => {
  for (const read of [requireModelThere, readModelFile])
    await expect(read(at('modle.h5'))).rejects.toMatchObject({ details: { next: `did you mean ${at('model.h5')}?` } });
});

it('names nothing that is unlike it, or no model', async () => {
  for (const name of ['other.h5', 'modle.txt', 'none/modle.h5'])
    await expect(requireModelThere(at(name))).rejects.toMatchObject({
      definition: { code: 'MODEL_UNREADABLE' },
      details: { next: expect.stringContaining('check the path') as string },
    });
});

it('leaves what is there to who reads it', async () => {
  await expect(requireModelThere(at('model.h5'))).resolves.toBeUndefined();
  await expect(requireModelThere(folder)).resolves.toBeUndefined();
});
