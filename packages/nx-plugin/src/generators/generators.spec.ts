// What the generators write, and what they refuse before they write anything.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTree } from '@nx/devkit/testing';
import { jest } from '@jest/globals';
import { logger, type Tree } from '@nx/devkit';
import { initGenerator } from './init/init.js';
import { modelGenerator } from './model/model.js';
import { profileGenerator } from './profile/profile.js';

const plugin = '@wherry/nx-plugin';
let tree: Tree;
beforeEach(() => {
  for (const level of ['info', 'warn'] as const) jest.spyOn(logger, level).mockImplementation(() => undefined);
  tree = createTree();
  tree.write('nx.json', '{\n\t"plugins": ["@nx/js"] // ours\n}\n');
});

const changes = (): readonly string[] =>
  tree
    .listChanges()
    .map(({ path }) => path)
    .sort();
const kws = { directory: 'apps/kws', model: 'kws.h5', calibration: 'npy:kws.npy', device: 'esp32' };

describe('init', () => {
  it('adds the plugin and a first project, and leaves the rest as it is', async () => {
    await initGenerator(tree, { ...kws, profiles: './devices/' });
    expect(tree.read('nx.json', 'utf8')).toBe(
      `{\n\t"plugins": ["@nx/js", {"plugin":"${plugin}","options":{"profiles":"devices"}}] // ours\n}\n`,
    );
    expect(JSON.parse(tree.read('apps/kws/deploy.config.json', 'utf8')!)).toEqual({
      models: { kws: { model: 'kws.h5', calibration: 'npy:kws.npy', profiles: ['esp32'] } },
    });
  });

  it('changes nothing the second time', async () => {
    await initGenerator(tree, kws);
    const before = ['nx.json', 'apps/kws/deploy.config.json'].map((name) => tree.read(name, 'utf8'));
    await initGenerator(tree, { ...kws, name: 'kws' });
    const { calibration: _calibration, ...rest } = kws;
    await initGenerator(tree, rest);
    expect(['nx.json', 'apps/kws/deploy.config.json'].map((name) => tree.read(name, 'utf8'))).toEqual(before);
  });

  it.each([{ model: 'other.h5' }, { calibration: 'npy:other.npy' }, { device: 'rp2040' }, { name: 'other' }])(
    'refuses %p for a file that is there with something else, and writes nothing',
    async (other) => {
      const { directory: _directory, device: _device, ...entry } = kws;
      tree.write('apps/kws/deploy.config.json', JSON.stringify({ models: { kws: { ...entry, profiles: ['esp32'] } } }));
      await expect(initGenerator(tree, { ...kws, ...other })).rejects.toThrow(/has no such model.*nx g wherry:model/s);
      expect(JSON.parse(tree.read('nx.json', 'utf8')!.replace(' // ours', ''))).toEqual({ plugins: ['@nx/js'] });
    },
  );

  it('begins the list of plugins where there is none', async () => {
    for (const text of ['{}', '{ "plugins": [] }']) {
      tree.write('nx.json', text);
      await initGenerator(tree, kws);
      expect(JSON.parse(tree.read('nx.json', 'utf8')!)).toEqual({ plugins: [plugin] });
    }
    tree.write('nx.json', '{\n    "a": {\n        "b": 1\n    }\n}\n');
    await initGenerator(tree, kws);
    expect(tree.read('nx.json', 'utf8')).toBe(
      `{\n    "a": {\n        "b": 1\n    },\n    "plugins": [\n        "${plugin}"\n    ]\n}\n`,
    );
  });

  it.each([
    [{ directory: '../elsewhere' }, /lies outside of the workspace/],
    [{ name: 'Not A Name' }, /a model is called "Not A Name"/],
    [{ calibration: '' }, /calibration is ""/],
  ])('refuses %p, and writes nothing', async (wrong, says) => {
    const before = changes();
    await expect(initGenerator(tree, { ...kws, ...wrong })).rejects.toThrow(says);
    expect(changes()).toEqual(before);
  });

  it('refuses another folder of profiles than nx.json has', async () => {
    await initGenerator(tree, { ...kws, profiles: 'devices' });
    await expect(initGenerator(tree, { ...kws, profiles: 'boards' })).rejects.toThrow(
      /its folder of profiles is devices/,
    );
  });
});

describe('model', () => {
  const file = 'apps/kws/deploy.config.json';
  const written = '{\r\n    "models": { "kws": {"model":"kws.h5"} },\r\n    "profiles": ["esp32"]\r\n}';

  it('adds one and keeps every other byte', async () => {
    tree.write(file, written);
    await modelGenerator(tree, { directory: 'apps/kws', model: 'models/Digits-2.h5', devices: ['rp2040'] });
    const added = '"digits_2": {"model":"models/Digits-2.h5","profiles":["rp2040"]}';
    expect(tree.read(file, 'utf8')).toBe(written.replace('"kws.h5"}', `"kws.h5"}, ${added}`));
    const lines = '{\r\n  "profiles": ["esp32"],\r\n  "models": {\r\n    "kws": {"model":"kws.h5"}\r\n  }\r\n}\r\n';
    tree.write(file, lines);
    await modelGenerator(tree, { directory: 'apps/kws', model: 'ic.h5' });
    expect(tree.read(file, 'utf8')).toBe(
      lines.replace('"kws.h5"}', '"kws.h5"},\r\n    "ic": {\r\n      "model": "ic.h5"\r\n    }'),
    );
  });

  it.each([
    [written, { name: 'kws' }, /it has a model "kws" already/],
    [written, { name: '1x' }, /a model is called "1x"/],
    [written, { devices: [] }, /profiles is \[\]/],
    ['{ "model": "a.h5", "profile": "esp32" }', {}, /one model without a name/],
    ['{ "models": ', {}, /CONFIG_JSON/],
    [null, {}, /there is no deploy\.config\.json/],
  ])('refuses %p with %p, and writes nothing', async (text, wrong, says) => {
    if (text !== null) tree.write(file, text);
    await expect(modelGenerator(tree, { directory: 'apps/kws', model: 'new.h5', ...wrong })).rejects.toThrow(says);
    expect(tree.read(file, 'utf8')).toBe(text);
  });
});

describe('profile', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wherry-generators-'));
    tree.root = root;
    tree.write('nx.json', JSON.stringify({ plugins: [{ plugin, options: { profiles: 'devices' } }] }));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const ours = { id: 'ours', extends: 'esp32', name: 'Ours', chip: 'ESP32' };

  it('writes one that can be used, into the folder of the plugin, and nothing on the disk', async () => {
    await profileGenerator(tree, ours);
    expect(JSON.parse(tree.read('devices/ours.json', 'utf8')!)).toEqual({ ...ours });
    expect(readdirSync(root)).toEqual([]);
  });

  it('extends one of the workspace', async () => {
    mkdirSync(join(root, 'devices'));
    writeFileSync(join(root, 'devices', 'first.json'), JSON.stringify({ ...ours, id: 'first' }));
    await profileGenerator(tree, { ...ours, extends: 'first' });
    expect(changes()).toContain('devices/ours.json');
  });

  it.each([
    [{ extends: 'nope' }, /names "nope", which is not there/],
    [{ id: 'Ours' }, /is no id of a device/],
    [{ id: '../ours' }, /is no id of a device/],
    [{ id: 'esp32' }, /PROFILE_/],
    [{ directory: '/tmp' }, /lies outside of the workspace/],
  ])('refuses %p, and writes nothing', async (wrong, says) => {
    const before = changes();
    await expect(profileGenerator(tree, { ...ours, ...wrong })).rejects.toThrow(says);
    expect(changes()).toEqual(before);
  });

  it('refuses to write over one, and to guess a folder', async () => {
    tree.write('devices/ours.json', '{}');
    await expect(profileGenerator(tree, ours)).rejects.toThrow(/it is there already/);
    tree.write('nx.json', '{}');
    await expect(profileGenerator(tree, ours)).rejects.toThrow(/nothing says where profiles stand/);
  });
});
