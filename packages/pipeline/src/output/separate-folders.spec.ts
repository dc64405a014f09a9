// No folder that a run writes may hold what it reads, however the paths are written.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingDefaults } from '@wherry/trainer';
import { requireSeparateFolders } from './separate-folders.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wherry-separate-'));
  for (const name of ['models/deep', 'data/cat', 'settings', 'other']) mkdirSync(at(name), { recursive: true });
  for (const name of ['models/deep/m.h5', 'data/cat/1.png', 'data/x.npy', 'data/y.npy', 'settings/d.json'])
    writeFileSync(at(name), '');
  symlinkSync(at('models'), at('link'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Paths {
  readonly model?: string;
  readonly calibration?: string;
  readonly evaluation?: string;
  readonly training?: string;
  readonly checkpoint?: string;
  readonly out?: string;
  readonly dump?: string;
  readonly config?: string;
}

const check = ({ model = 'models/deep/m.h5', out, dump, config, checkpoint, ...data }: Paths): Promise<void> => {
  const [calibration, evaluation, training] = [data.calibration, data.evaluation, data.training].map((each) =>
    each?.replaceAll('@', folder),
  );
  const asked = { settings: trainingDefaults, data: training, checkpoint: checkpoint && at(checkpoint) };
  return requireSeparateFolders(
    { model: at(model), calibration, evaluation, training: asked },
    { out: out && at(out), dump: dump && at(dump), config: config && at(config) },
  );
};

it.each<[string, Paths, string]>([
  ["the model's folder", { out: 'models/deep' }, 'the model ('],
  ['a folder above it', { out: 'models' }, 'the model ('],
  ['the model itself', { out: 'models/deep/m.h5' }, 'the model ('],
  ['a link to a folder above it', { out: 'link' }, 'the model ('],
  ['a folder that a link to the model leads into', { model: 'link/deep/m.h5', out: 'models' }, 'the model ('],
  ['a detour', { out: 'other/../models' }, 'the model ('],
  ['the calibration data', { calibration: '@/data/x.npy', out: 'data' }, 'the calibration data ('],
  ['the evaluation data', { evaluation: 'npy:@/data/x.npy', out: 'data' }, 'the evaluation data ('],
  ['its labels', { calibration: '@/other/x.npy?labels=../data/y.npy', out: 'data' }, 'a file of the calibration data'],
  ['labels by a whole path', { calibration: '@/other/x.npy?labels=@/data/y.npy', out: 'data' }, 'a file of the'],
  ['the training data', { training: '@/data/x.npy', out: 'data' }, 'the training data ('],
  ['the checkpoint', { checkpoint: 'new/k', out: 'new' }, 'the checkpoint ('],
  ['the checkpoint in a dump', { checkpoint: 'other/k', dump: 'other' }, 'the checkpoint ('],
  ['the settings', { config: 'settings/d.json', out: 'settings' }, 'the settings ('],
  ['samples around it', { calibration: 'folder:@/data', out: 'data/new' }, 'it lies within the calibration data'],
  ['a dump over the model', { dump: 'models' }, 'the model ('],
  ['a dump in the output', { out: 'new', dump: 'new/dump' }, 'within each other'],
  ['an output in the dump', { out: 'new/out', dump: 'new' }, 'within each other'],
  ['one folder for both', { out: 'new', dump: 'other/../new' }, 'within each other'],
])('refuses %s', async (_, paths, says) => {
  if (paths.calibration?.includes('other/x.npy')) writeFileSync(at('other/x.npy'), '');
  await expect(check(paths)).rejects.toThrow(`OUTPUT_HOLDS_INPUT: `);
  await expect(check(paths)).rejects.toThrow(says);
});

it.each<[string, Paths]>([
  ['a folder beside the model', { out: 'models/deep/out' }],
  ['a name that begins alike', { out: 'models/deep-out' }],
  ['one that is not there yet', { out: 'a/b/c', dump: 'a/b/d', calibration: '@/data/x.npy' }],
  ['a folder beside a file of samples', { out: 'data/out', calibration: '@/data/x.npy' }],
  ['a checkpoint beside it', { checkpoint: 'new.k', out: 'new' }],
  ['a model that is not there: others say so', { model: 'other/none.h5', out: 'other' }],
])('accepts %s', async (_, paths) => {
  await expect(check(paths)).resolves.toBeUndefined();
});

it('gives advice that works', async () => {
  const advice = async (paths: Paths): Promise<string> => {
    const error = (await check(paths).catch((thrown: unknown) => thrown)) as { details: { next: string } };
    return /--out (.*)$/.exec(error.details.next)![1]!.slice(folder.length + 1);
  };
  for (const paths of [{ out: 'models' }, { out: 'data/new', calibration: 'folder:@/data' }]) {
    await expect(check({ ...paths, out: await advice(paths) })).resolves.toBeUndefined();
  }
});
