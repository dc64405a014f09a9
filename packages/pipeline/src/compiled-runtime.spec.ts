// A float model to C and its self-test: the whole road of --runtime compiled-c.
import { buildFolder, describeCompiled } from '@wherry/testing';
import { attempt } from './deploy.js';
import type { DeployRequest } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { memoryLines } from './report/memory-text.js';
import { plainStyle } from './report/report-text.js';
import { reportOf } from './report/report.js';
import { fileText } from './testing/file-text.js';
import { leftOpen, smallModel } from './testing/small-model.js';

const library = await readProfileFolder();
const model = smallModel();
afterAll(() => model.remove());

async function deployed(changes: Partial<DeployRequest>) {
  const request = { ...model.request, runtime: 'compiled-c', ...changes } as const;
  const { deployment, refused } = await attempt(request, library, deployHost('reference'), noProgress);
  if (deployment === undefined) throw refused.refusal;
  return deployment;
}

it('writes C in place of an array and a resolver', async () => {
  const { files } = await deployed({});
  expect([...files.keys()]).toEqual([
    'model.tflite',
    'model_settings.h',
    'model_io.h',
    'model_selftest.h',
    'model.h',
    'model.c',
    'report.json',
  ]);
});

it('reports the arena that the code has, and its constants', async () => {
  const deployment = await deployed({});
  const { memory } = reportOf(deployment, new Map());
  const header = fileText(deployment.files, 'model.h');
  expect(header).toContain(`RUN_BYTES ${memory.ram.used}u`);
  expect(fileText(deployment.files, 'model_settings.h')).toContain(`ARENA_BYTES ${memory.ram.used}u`);
  expect(memory.flash.used).toBe(memory.compiled!.constants);
  expect(memory.ram.used).toBeLessThanOrEqual(memory.compiled!.withoutOverlaps);
});

it('names the vector unit where some layer uses it', async () => {
  const integers = await deployed({ profile: 'stm32f4' });
  const floats = await deployed({ ...leftOpen, profile: 'stm32f4', calibration: undefined, scheme: 'float32' });
  for (const [deployment, unit] of [
    [integers, 'Arm DSP extension'],
    [floats, null],
  ] as const) {
    expect(reportOf(deployment, new Map()).profile.simd).toBe(unit);
    expect(fileText(deployment.files, 'model_settings.h')).toContain(`RUNTIME_SIMD "${unit ?? ''}"`);
  }
});

it('says in header and report what it calls of the C library', async () => {
  const integers = await deployed({});
  const floats = await deployed({ ...leftOpen, calibration: undefined, scheme: 'float32' });
  for (const [deployment, calls] of [
    [integers, false],
    [floats, true],
  ] as const) {
    const report = reportOf(deployment, new Map());
    expect(report.memory.compiled!.callsMath).toBe(calls);
    expect(memoryLines(report, plainStyle)[0]!.includes('math.h')).toBe(calls);
    expect(fileText(deployment.files, 'model.h').includes('-lm')).toBe(calls);
  }
});

it('gives the same text each time', async () => {
  const [a, b] = [await deployed({}), await deployed({})];
  expect(fileText(a.files, 'model.c')).toBe(fileText(b.files, 'model.c'));
});

describeCompiled('the compiled model', () => {
  it.each(['int8', 'int16x8', 'float32'] as const)(
    'of %s passes its self-test, and fails it with one bias changed',
    async (scheme) => {
      const own = scheme === 'float32' ? { ...leftOpen, calibration: undefined } : {};
      const { files } = await deployed({ ...own, name: 'small', symbol: 'g_small', scheme });
      const folder = buildFolder();
      try {
        const names = [...files.keys()].filter((file) => /\.[ch]$/.test(file));
        folder.write(new Map(names.map((file) => [file, fileText(files, file)])));
        folder.write(
          new Map([['main.c', '#include "small_selftest.h"\nint main(void) { return g_small_selftest_run(); }\n']]),
        );
        folder.build(['main.c', 'small.c', '-lm'], 'sound');
        expect(folder.exitCode('./sound', [])).toBe(0);
        const source = fileText(files, 'small.c');
        const changed = source.replace(
          /(_layer_0_bias\[\d+\] = \{\s*)(-?\d+)/,
          (_, head: string, value: string) => `${head}${Number(value) + 100000}`,
        );
        expect(changed).not.toBe(source);
        folder.write(new Map([['small.c', changed]]));
        folder.build(['main.c', 'small.c', '-lm'], 'broken');
        expect(folder.exitCode('./broken', [])).toBe(1);
      } finally {
        folder.remove();
      }
    },
  );
});

it.each(['string', 'stdint', 'math'])('is not called after <%s.h>', async (name) => {
  // Before all work: the model is not even read.
  const request = { name, symbol: 'g_it', model: 'nowhere.h5' };
  await expect(deployed(request)).rejects.toThrow(/EXPORT_NAME.*header/);
});

it('looks for other devices with the same runtime', async () => {
  const flash = { bytes: 4096, reservedBytes: 2048, source: 'less than the constants take' };
  const { profile, kernels } = library.targets.get('rp2040')!;
  const tight = {
    kernels,
    profile: { ...profile, id: 'tight', memory: { ...profile.memory, flash: { ...flash, reservedBytes: 4000 } } },
  };
  const request = { ...model.request, runtime: 'compiled-c', profile: 'tight' } as const;
  const extended = { ...library, targets: new Map([...library.targets, ['tight', tight]]) };
  const { refused } = await attempt(request, extended, deployHost('reference'), noProgress);
  const { memory } = reportOf(await deployed({ profile: 'esp8266' }), new Map());
  const { message } = refused!.refusal;
  const advice = message.split('; or ').find((one) => one.includes('--profile esp8266'));
  expect(advice).toContain(`arena ${memory.ram.used} of`);
  expect(message).not.toContain('host-reference');
});

it('names no device whose profile would be refused', async () => {
  const { profile, kernels } = library.targets.get('esp32-c3')!;
  const own = (id: string, memory: Partial<typeof profile.memory>) =>
    [id, { kernels, profile: { ...profile, id, memory: { ...profile.memory, ...memory } } }] as const;
  const flash = { ...profile.memory.flash, bytes: 1000, reservedBytes: 0 };
  const psram = { bytes: 4_000_000, reservedBytes: 0, source: 'beside the chip' };
  const targets = new Map([...library.targets, own('tight', { flash }), own('beside', { psram })]);
  const request = { ...model.request, profile: 'tight' };
  const { refused } = await attempt(request, { ...library, targets }, deployHost('reference'), noProgress);
  expect(refused!.refusal.message).toContain('--profile esp32-c3');
  expect(refused!.refusal.message).not.toContain('--profile beside');
});

it('judges devices without an interpreter by their memory', async () => {
  await expect(deployed({ profile: 'esp8266' })).resolves.toBeDefined();
  await expect(deployed({ profile: 'arduino-uno', scheme: 'int8' })).rejects.toThrow(
    /MODEL_DOES_NOT_FIT: .*constants, which lie in RAM/,
  );
  for (const profile of ['esp8266', 'arduino-uno'])
    await expect(deployed({ profile, runtime: undefined })).rejects.toThrow(
      /PROFILE_REFUSES[^]*give --runtime compiled-c/,
    );
});

it('is for firmware', async () => {
  await expect(deployed({ profile: 'android-cpu' })).rejects.toThrow(/PROFILE_RUNTIME/);
});

it('refuses what it has no kernel for, by the layer', async () => {
  const kernels = library.runtimes.get('compiled-c')!;
  const { CONV_2D: left, ...operators } = kernels.operators;
  expect(left).toBeDefined();
  const without = { ...kernels, operators };
  const cut = { ...library, runtimes: new Map([...library.runtimes, ['compiled-c', without]]) };
  const request = { ...model.request, runtime: 'compiled-c' } as const;
  const refused = attempt(request, cut, deployHost('reference'), noProgress);
  await expect(refused).rejects.toThrow(/compiled-c has no CONV_2D/);
});
