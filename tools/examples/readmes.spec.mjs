// The READMEs of the examples tell the truth: in a copy of each, every command does what they say and prints what they show.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firmwareStandIns } from '../../apps/cli/src/testing/firmware-stand-ins.js';
import { buildFolder, describeCompiled, strictFlags } from '../testing/src/index.js';
import { follow } from '../walk-throughs/follow.mjs';
import { copiedExample } from './copied-example.mjs';

const longestMilliseconds = 120_000;

describeCompiled('the README', () => {
  let folder;
  afterEach(() => folder.remove());
  const followed = (name) => {
    folder = copiedExample(name);
    return follow(readFileSync(join(folder.path, 'README.md'), 'utf8'), folder.path);
  };
  const lines = (program, ...args) => {
    const { stdout, status } = spawnSync(join(folder.path, 'build', program), args, {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    return stdout.trimEnd().split('\n');
  };
  /** Warnings are errors, in what the example has written itself as in what was generated for it. */
  const compiles = (sources, flags) => {
    const { stderr } = spawnSync('gcc', [...flags, ...strictFlags, '-c', ...sources], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  };
  const c99 = ['-std=c99', '-Ibuild/host'];

  it(
    'of the sine is right, and its program knows sines',
    () => {
      expect(followed('sine').differing).toEqual([]);
      compiles(['main.c', 'build/host/sine_fine.c'], c99);
      const rows = lines('sine').slice(1);
      expect(rows).toHaveLength(13);
      for (const row of rows) {
        const [degrees, model, exact] = row.trim().split(/ +/).map(Number);
        expect(exact).toBeCloseTo(Math.sin((degrees * Math.PI) / 180), 3);
        expect(Math.abs(model - exact)).toBeLessThan(0.04);
      }
    },
    longestMilliseconds,
  );

  it(
    'of the digits is right, and its firmware compiles',
    () => {
      expect(followed('digits').differing).toEqual([]);
      const runtime = buildFolder();
      try {
        runtime.write(new Map(Object.entries(firmwareStandIns)));
        const flags = ['-std=c++11', '-Ibuild/esp32', `-I${runtime.path}`];
        compiles(['main.cc', 'build/esp32/digits_data.cc'], ['-x', 'c++', ...flags]);
      } finally {
        runtime.remove();
      }
    },
    longestMilliseconds,
  );

  it(
    'of the gestures is right, and its program names those of the table',
    () => {
      expect(followed('gestures').differing).toEqual([]);
      compiles(['main.c', 'build/host/gestures.c'], c99);
      const table = readFileSync(join(folder.path, 'moments-test.csv'), 'utf8').trimEnd().split('\n').slice(1);
      const names = table.filter((_, row) => row % 64 === 0).map((row) => row.split(',')[3]);
      const told = lines('gestures', 'moments-test.csv').map((line) => line.split(' ')[0]);
      expect(told).toHaveLength(names.length);
      expect(told.filter((name, i) => name === names[i]).length).toBeGreaterThanOrEqual(0.98 * names.length);
    },
    longestMilliseconds,
  );

  it(
    'of the machine sounds is right, and its program finds the faults',
    () => {
      expect(followed('machine-sounds').differing).toEqual([]);
      compiles(['main.c', 'build/host/machine_sounds.c'], c99);
      const index = readFileSync(join(folder.path, 'inspected-motors', 'index.csv'), 'utf8')
        .trimEnd()
        .split('\n');
      const motors = index.slice(1).map((row) => row.split(','));
      const told = lines('listen', ...motors.map(([file]) => `inspected-motors/${file}`)).map((line) =>
        line.split(' '),
      );
      const heard = (label) => told.filter((_, i) => motors[i][1] === label).map(([, distance]) => Number(distance));
      const [sound, faulty] = [heard('0'), heard('1')];
      const pairs = sound.flatMap((low) => faulty.map((high) => (high > low ? 1 : high === low ? 0.5 : 0)));
      expect(pairs.reduce((sum, won) => sum + won, 0) / pairs.length).toBeGreaterThan(0.97);
      expect(
        told.filter(([, , verdict], i) => verdict === (motors[i][1] === '1' ? 'strange' : 'sound')).length,
      ).toBeGreaterThan(50);
      expect(
        lines('listen', ...recordingsOf(folder, 'sound-motors')).filter((line) => line.endsWith('strange')),
      ).toEqual([]);
    },
    longestMilliseconds,
  );
});

const recordingsOf = (folder, name) =>
  Array.from({ length: 30 }, (_, i) => join(folder.path, name, `${String(i + 1).padStart(2, '0')}.wav`));
