// Comparisons of whole files and folders: runs on samples, arena, what cannot be read, and what a firmware needs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceEngine } from '@wherry/graph';
import { memoryPlanName, withMetadata, type TfliteModelInit } from '@wherry/tflite-writer';
import { findProfile, withRuntime } from '@wherry/profiles';
import { attempt } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { writeOutputDirectory } from '../output/output-directory.js';
import { noProgress } from '../progress.js';
import { modelFolder, twoHeads, withPart } from '../testing/changed-model.js';
import { smallModel } from '../testing/small-model.js';
import { diffModels, type DiffRequest } from './diff-models.js';
import { diffText } from './diff-text.js';

const folder = modelFolder();
const small = smallModel({ profile: 'esp32' });
afterAll(() => {
  folder.remove();
  small.remove();
});
const original = folder.write('original.tflite', twoHeads);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const run = (request: DiffRequest) => diffModels(request, noProgress);
const esp32 = async () => findProfile(await readProfileFolder(), 'esp32');

/** A table has one input: the sum adds the convolution to itself. */
const oneInput: TfliteModelInit = withPart(
  withPart(withPart(twoHeads, ['subgraphs', 0, 'inputs'], [0]), ['subgraphs', 0, 'operators', 2, 'inputs'], [3, 3]),
  ['subgraphs', 0, 'outputs'],
  [4, 6],
);
const rows = Array.from({ length: 12 }, (_, row) =>
  Array.from({ length: 8 }, (_, i) => (((row * 37 + i * 11) % 41) - 20) / 16).join(','),
);
writeFileSync(join(folder.path, 'samples.csv'), `${rows.join('\n')}\n`);
const outputs = {
  data: `csv:${join(folder.path, 'samples.csv')}?header=no`,
  engine: () => Promise.resolve(referenceEngine),
};
const planted = (path: readonly (string | number)[], value: unknown): string =>
  folder.write(`planted-${path.join('-')}.tflite`, withPart(oneInput, path, value));

/** Quantized as it was done first: there is no kernel for it here. */
const unsigned = oneInput.subgraphs![0]!.tensors!.map((tensor) => ({
  ...tensor,
  type: tensor.type === 'INT8' ? ('UINT8' as const) : tensor.type,
  quantization: { ...tensor.quantization, zero_point: tensor.quantization!.zero_point!.map(() => 128n) },
}));

describe('outputs on samples', () => {
  const a = folder.write('one.tflite', oneInput);

  it('are identical for the same numbers, whatever the names', async () => {
    const b = planted(['subgraphs', 0, 'tensors', 3, 'name'], 'other');
    const { outputs: found } = await run({ a, b, outputs });
    expect(found!.data).toMatchObject({ name: 'samples.csv', samples: 12 });
    expect(found!.outputs.map(({ identical, values, greatestSteps }) => [identical, values, greatestSteps])).toEqual([
      [true, 144, 0],
      [true, 144, 0],
    ]);
  });

  it('are not where one bias is larger, and it is said by how much', async () => {
    const b = planted(['buffers', 2, 'data'], new Uint8Array(Int32Array.of(7, 8, 13).buffer));
    const difference = await run({ a, b, outputs });
    const [scores, sum] = difference.outputs!.outputs;
    expect([scores!.identical, sum!.identical]).toEqual([false, false]);
    // 4 steps of 0.5 twice: the sum counts the convolution twice.
    expect(sum).toMatchObject({ greatestError: 4, greatestSteps: 8, differingValues: 48 });
    expect(diffText(difference)).toMatch(/sum: 48 of 144 values differ, by 8 steps or 4 at most; SQNR/);
  });

  it('are paired by what they are where their order differs', async () => {
    const b = planted(['subgraphs', 0, 'outputs'], [6, 4]);
    const { outputs: found, subgraphs } = await run({ a, b, outputs });
    expect(found!.outputs.map(({ position, identical }) => [position, identical])).toEqual([
      [{ a: 0, b: 1 }, true],
      [{ a: 1, b: 0 }, true],
    ]);
    expect(subgraphs[0]!.outputs.reordered).toBe(true);
  });

  it('are left out, and it is said, where no kernel computes them', async () => {
    const path = ['subgraphs', 0, 'tensors'];
    const b = planted(path, unsigned);
    const difference = await run({ a: b, b: planted([...path, 0, 'name'], 'x'), outputs });
    expect(difference.outputs).toBeNull();
    expect(difference.leftOut).toMatchObject([{ side: 'a', why: expect.stringMatching(/^GRAPH_NO_KERNEL: CONV_2D/) }]);
  });

  it('are left out, and it is said, where they cannot be had', async () => {
    const custom = withPart(twoHeads, ['operator_codes', 1], {
      builtin_code: 'CUSTOM',
      custom_code: 'Own',
      version: 1,
    });
    const b = folder.write('custom.tflite', withPart(custom, ['subgraphs', 0, 'inputs'], [0, 5]));
    const difference = await run({ a: original, b, target: await esp32(), outputs });
    expect(difference.outputs).toBeNull();
    expect(difference.subgraphs[0]!.operators).toMatchObject({ added: [{ kind: 'CUSTOM Own' }] });
    expect([difference.effect.work, difference.arena.estimate!.b]).toEqual([null, null]);
    expect(difference.effect.firmware.rebuild).toBe('needed');
    expect(diffText(difference)).toMatch(/left out +b: work, arena, kernels and outputs.* custom operator Own/s);
  });
});

describe('the arena', () => {
  const at = (...offsets: readonly number[]): Uint8Array =>
    new Uint8Array(Int32Array.of(1, 0, offsets.length, ...offsets).buffer);
  const planned = (...offsets: readonly number[]): TfliteModelInit =>
    withMetadata(twoHeads, memoryPlanName, at(...offsets));

  it('follows the plan that the file carries, and a change of it is a difference', async () => {
    const near = folder.write('near.tflite', planned(0, -1, -1, 16, 32, 48, 64));
    const far = folder.write('far.tflite', planned(0, -1, -1, 16, 32, 48, 1600));
    const difference = await run({ a: near, b: far, target: await esp32() });
    expect([difference.verdict, difference.differs]).toEqual(['same-graph', true]);
    const { a, b } = difference.arena.estimate!;
    expect(b!.activationBytes - a!.activationBytes).toBe(1600 - 64);
    expect(difference.arena.carriedPlan).toMatchObject({ a: { bytes: 80, tensors: 5 }, b: { bytes: 1616 } });
    expect(difference.effect.firmware.reasons).toEqual([`the arena has ${a!.bytes} bytes and ${b!.bytes} are needed`]);
  });

  it('has to be larger for 16 bytes more, and does for as many less', async () => {
    // Beyond what setting up needs.
    const [less, more] = [1600, 1616].map((last) =>
      folder.write(`last-${last}.tflite`, planned(0, -1, -1, 16, 32, 48, last)),
    ) as [string, string];
    const firmware = async (a: string, b: string) => {
      const target = await esp32();
      // A margin is rounded up with all that stands before it.
      const exact = { ...target, profile: { ...target.profile, arenaMarginPercent: 0 } };
      return (await run({ a, b, target: exact })).effect.firmware;
    };
    expect(await firmware(less, more)).toMatchObject({
      rebuild: 'needed',
      reasons: [expect.stringMatching(/^the arena has \d+ bytes and \d+ are needed$/)],
    });
    expect(await firmware(more, less)).toEqual({ rebuild: 'not needed', reasons: [], unknown: [] });
  });

  it('does not matter where the kernels of the profile refuse the model', async () => {
    const b = planted(['subgraphs', 0, 'tensors'], unsigned);
    const { effect } = await run({ a: original, b, target: await esp32() });
    expect(effect.illegal!.a).toEqual([]);
    expect(effect.illegal!.b).toHaveLength(3);
    expect(effect.illegal!.b![0]).toMatch(/^convolved: CONV_2D .* uint8/);
    expect(effect.firmware).toMatchObject({ rebuild: 'cannot run' });
  });

  it('is not known without a profile, and that is said', async () => {
    const { arena, effect } = await run({
      a: original,
      b: folder.write('x.tflite', { ...twoHeads, description: 'x' }),
    });
    expect(arena.estimate).toBeNull();
    expect(effect.firmware).toMatchObject({ rebuild: 'unknown', unknown: [expect.stringMatching(/--profile ID/)] });
  });
});

describe('output folders', () => {
  const [before, after] = [join(small.folder, 'before'), join(small.folder, 'after')];
  beforeAll(async () => {
    const library = await readProfileFolder();
    for (const [out, request] of [
      [before, small.request],
      [after, { ...small.request, inputType: 'float32' as const }],
    ] as const) {
      const { deployment } = await attempt(request, library, deployHost(), noProgress);
      await writeOutputDirectory(out, deployment!.files, { before: undefined });
    }
  });

  it('give the layers their names, and what the reports say', async () => {
    const difference = await run({ a: before, b: after });
    expect(difference.subgraphs[0]!.operators.added).toMatchObject([{ kind: 'QUANTIZE' }]);
    expect(difference.subgraphs[0]!.operators.changed).toEqual([]);
    expect(difference.effect.firmware.reasons).toEqual(
      expect.arrayContaining(['the resolver of a lacks AddQuantize', 'type, scale, zero point of input picture']),
    );
    expect(difference.files.map(({ name }) => name)).toContain('model_io.h');
    expect(difference.arena.reported.a).toMatchObject({ profile: 'esp32' });
    expect(difference.metadata.find(({ name }) => name === 'provenance sourceModel')).toMatchObject({ same: true });
    const same = await run({ a: before, b: before });
    expect([same.verdict, same.differs, same.leftOut]).toEqual(['same-bytes', false, []]);
    expect(same.subgraphs[0]!.operators.count.a).toBe(3);
    expect(
      (await run({ a: before, b: folder.write('y.tflite', twoHeads) })).subgraphs[0]!.operators.removed[0],
    ).toMatchObject({ layer: expect.stringMatching(/conv|dense|classes/) });
  });

  it('that were changed by hand are compared, and it is said', async () => {
    writeFileSync(join(after, 'model_io.h'), '// mine\n');
    const { leftOut } = await run({ a: before, b: after });
    expect(leftOut).toEqual([
      {
        what: 'what the report says of model_io.h',
        side: 'b',
        why: 'the file was changed since the report was written',
      },
    ]);
  });

  it('with a layout are compared by all that is in it', async () => {
    const [plain, licensed] = [join(small.folder, 'plain-layout'), join(small.folder, 'licensed-layout')];
    const library = await readProfileFolder();
    for (const [out, license] of [
      [plain, undefined],
      [licensed, 'MIT'],
    ] as const) {
      const request = { ...small.request, layout: 'cmake' as const, ...(license !== undefined && { license }) };
      const { deployment } = await attempt(request, library, deployHost(), noProgress);
      await writeOutputDirectory(out, deployment!.files, { before: undefined });
    }
    const difference = await run({ a: plain, b: licensed });
    expect([difference.differs, difference.leftOut]).toEqual([true, []]);
    expect(difference.files.map(({ name }) => name)).toContain('cmake/model_model/src/model/model_data.cc');
    const same = await run({ a: plain, b: plain });
    expect([same.differs, same.leftOut]).toEqual([false, []]);
  });

  it('are refused where they are none', async () => {
    const empty = join(folder.path, 'empty');
    mkdirSync(empty);
    for (const [path, code] of [
      [empty, 'DIFF_FOLDER'],
      [join(folder.path, 'samples.csv'), 'DIFF_NOT_TFLITE'],
      [join(folder.path, 'nowhere.tflite'), 'MODEL_UNREADABLE'],
    ] as const)
      await expect(run({ a: original, b: path })).rejects.toMatchObject({ definition: { code } });
  });

  it.each([
    ['lfs', text('version https://git-lfs.github.com/spec/v1\n'), 'a pointer of Git LFS', /git lfs pull/],
    ['onnx', Uint8Array.of(8, 7, 0x12, 5, 0, 0), 'an ONNX model, and no .tflite', /onnx2tf .*; then give a .tflite/],
    ['h5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0xd, 0xa, 0x1a, 0xa), 'an HDF5 file', /^give a .tflite/],
    ['text', text('hello'), 'of 5 bytes is no .tflite', /^give a .tflite/],
  ])('are called what they are: %s', async (name, bytes, is, next) => {
    const path = join(folder.path, `model.${name}`);
    writeFileSync(path, bytes);
    const details = { what: expect.stringContaining(is), next: expect.stringMatching(next) };
    await expect(run({ a: original, b: path })).rejects.toMatchObject({ details });
  });
});

describe('folders of compiled models', () => {
  const library = readProfileFolder();
  const made = async (name: string, changes: Partial<typeof small.request>): Promise<string> => {
    const request = { ...small.request, runtime: 'compiled-c' as const, ...changes };
    const { deployment } = await attempt(request, await library, deployHost('reference'), noProgress);
    const out = join(folder.path, name);
    await writeOutputDirectory(out, deployment!.files);
    return out;
  };
  const targets = async () => {
    const target = findProfile(await library, 'esp32');
    return { target, codeTarget: withRuntime(await library, target, 'compiled-c') };
  };

  it('are held against the kernels of code, and have no resolver and no margin', async () => {
    const [a, b] = [await made('code-a', {}), await made('code-b', { scheme: 'int4' })];
    const difference = await run({ a, b, ...(await targets()) });
    const text = diffText(difference);
    expect(text).not.toMatch(/resolver|margin|MicroMutable/);
    expect(text).toMatch(/^runtime {6}both are code, which has no interpreter$/m);
    expect(text).toMatch(/^kernels {6}of esp32: a: runs\n {13}b: runs$/m);
    expect(difference.arena.estimate!.a!.bytes).toBe(difference.arena.reported.a!.bytes);
    expect(difference.arena.estimate!.b!.bytes).toBe(difference.arena.reported.b!.bytes);
    expect(difference.effect.firmware.reasons).toEqual([
      'the code of b is another one',
      'the self-test holds answers of a',
    ]);
  });

  it('are no models of an interpreter, whichever of the two it is', async () => {
    const [a, b] = [await made('code-c', {}), await made('array', { runtime: undefined })];
    const { effect } = await run({ a, b, ...(await targets()) });
    expect(effect.firmware).toMatchObject({ rebuild: 'needed', reasons: ['a is code, and an interpreter runs b'] });
    const back = await run({ a: b, b: a, ...(await targets()) });
    expect(back.effect.firmware.reasons).toContain('an interpreter runs a, and b is code');
  });
});
