// `deploy plan --shards`: a whole project as a matrix for CI, through the built command.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const write = (name: string, value: unknown): void => writeFileSync(join(folder.path, name), JSON.stringify(value));

mkdirSync(join(folder.path, 'our boards'));
write('our boards/ours.json', { extends: 'esp32', id: 'ours', name: 'Ours', chip: 'ESP32' });
write('deploy.config.json', {
  models: {
    digits: { model: 'digits.h5', profiles: ['esp32', './our boards/ours.json'] },
    keywords: { model: 'keywords.h5', profiles: ['ESP32', 'rp2040'] },
  },
});

const plan = (...words: readonly string[]) => runDeploy(['plan', ...words], { cwd: folder.path });

interface Answer {
  readonly by: string;
  readonly shards: readonly { readonly shard: number; readonly of: number; readonly arguments: string }[];
}

it('prints a matrix whose words a shell reads as they were meant', async () => {
  const { code, stdout } = await plan('--shards', '2', '--json');
  const { by, shards } = JSON.parse(stdout) as Answer;
  expect([code, by]).toEqual([0, 'device']);
  const read = shards.map(({ shard, of, arguments: words }) => ({
    shard,
    of,
    words: spawnSync('sh', ['-c', `printf '%s\\n' ${words}`], { encoding: 'utf8' })
      .stdout.trimEnd()
      .split('\n'),
  }));
  expect(read).toEqual([
    { shard: 1, of: 2, words: ['-p', 'esp32', '-p', 'ESP32'] },
    { shard: 2, of: 2, words: ['-p', './our boards/ours.json', '-p', 'rp2040'] },
  ]);
});

it('shows the commands to people, and says that none was run', async () => {
  const { code, stdout } = await plan('--shards', '9', '--by', 'model');
  expect(code).toBe(0);
  expect(stdout).toContain('2 of 2      2  deploy test keywords\n');
  expect(stdout).toContain('4 pairs of model and device in 2 shards; nothing was run');
});

it('gives words that name the same project and devices, which are then the pairs that run', async () => {
  mkdirSync(join(folder.path, "people's"));
  write("people's/kws.json", { models: { kws: { model: 'kws.h5', profiles: ['ours', 'rp2040'] } } });
  const places = ['--config', "people's/kws.json", '--profiles', 'our boards'];
  const { stdout } = await plan('--shards', '2', ...places, '--json');
  const { shards } = JSON.parse(stdout) as Answer;
  const shown = (await plan('--shards', '2', ...places)).stdout;
  expect(shards).toHaveLength(2);
  for (const [at, { arguments: words }] of shards.entries()) {
    expect(shown).toContain(`deploy test ${words}\n`);
    const read = spawnSync('sh', ['-c', `printf '%s\\n' ${words}`], { encoding: 'utf8' })
      .stdout.trimEnd()
      .split('\n');
    const ran = await runDeploy(['test', ...read, '--json'], { cwd: folder.path });
    // There is no kws.h5: the pairs were found, and each says so of itself.
    const { pairs } = JSON.parse(ran.stdout) as { readonly pairs: readonly object[] };
    expect(pairs).toMatchObject([{ model: 'kws', profile: at === 0 ? 'ours' : 'rp2040' }]);
  }
});

it.each([
  [['--by', 'model'], 'SETTING_UNUSED', /--by is given/],
  [['--shards', '2', 'digits'], 'SETTING_UNUSED', /a model is given with --shards/],
  [['--shards', '2', '--samples', '4'], 'SETTING_UNUSED', /--samples is given with --shards/],
  [['--shards', '2', '--no-equalization'], 'SETTING_UNUSED', /--no-equalization is given with --shards/],
  [['--shards', '0'], 'ARGUMENTS_INVALID', /no whole number/],
  [['--shards', '2', '--config', 'nope.json'], 'CONFIG_UNREADABLE', /nope\.json/],
])('refuses %p', async (words, code, says) => {
  const { code: exit, stdout, stderr } = await plan(...words);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(code);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(says);
});
