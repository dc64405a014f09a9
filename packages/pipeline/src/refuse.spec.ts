// Runs that are not let through: what their report says, when it is known, and that following its advice helps.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type Graph } from '@wherry/graph';
import { loadProfiles, type ProfileLibrary } from '@wherry/profiles';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { attempt, deploy } from './deploy.js';
import type { Deployment, DeployRequest, Refused, Verdict } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileTexts } from './inputs/profile-folder.js';
import { noProgress, type ProgressSink } from './progress.js';
import { reportText } from './report/report-text.js';
import { reportOf } from './report/report.js';
import { smallModel, type SmallModel } from './testing/small-model.js';

const texts = await readProfileTexts();
let model: SmallModel;
beforeEach(() => (model = smallModel()));
afterEach(() => model.remove());

type Json = { readonly [key: string]: unknown };

/** Profiles of one's own beside those that come with the tool. */
function libraryWith(own: { readonly [id: string]: Json }): ProfileLibrary {
  const files = Object.entries(own).map(
    ([id, document]) => [`${id}.json`, JSON.stringify({ id, name: id, chip: 'a chip', ...document })] as const,
  );
  return loadProfiles(new Map([...texts, ...files]));
}

const region = (bytes: number) => ({ bytes, reservedBytes: 0, source: 's' });

/** As the Pico is, with other memory. */
const board = (flash: number, ram: number): Json => ({
  extends: 'rp2040',
  memory: { flash: region(flash), ram: region(ram) },
  schemes: [{ scheme: 'int8' }],
});

const stages: string[] = [];
const listening: ProgressSink = {
  begin: (stage) => void stages.push(stage),
  advance: () => undefined,
  note: () => undefined,
  end: () => undefined,
};

async function refusedOn(own: { readonly [id: string]: Json }, changes: Partial<DeployRequest> = {}): Promise<Refused> {
  stages.length = 0;
  const request = { ...model.request, profile: Object.keys(own)[0]!, ...changes };
  const { refused } = await attempt(request, libraryWith(own), deployHost('reference'), listening);
  if (refused === undefined) throw new Error('it was let through');
  return refused;
}

async function madeOn(own: { readonly [id: string]: Json }, changes: Partial<DeployRequest> = {}): Promise<Deployment> {
  const request = { ...model.request, profile: Object.keys(own)[0]!, ...changes };
  return deploy(request, libraryWith(own), deployHost('reference'), noProgress);
}

const roomy = { own: board(1 << 20, 1 << 18) };

describe('by shapes alone', () => {
  it('is known before any data is looked at, with the memory over time and no scale', async () => {
    const own = { own: board(1 << 20, 1000) };
    const { refusal, report } = await refusedOn(own, { calibration: 'no-such.npy', evaluation: 'neither.npy' });
    expect(stages).toEqual([]);
    expect(refusal.message).toMatch(/^MODEL_DOES_NOT_FIT: the arena takes at least \d+ bytes of RAM, 1000 are there/);
    expect(report).toMatchObject({
      ok: false,
      exitCode: 5,
      written: false,
      foreseen: { arenaCertain: true },
      files: [],
    });
    expect(report.layers.map(({ operator, output }) => [operator, output.scale])).toEqual([
      ['CONV_2D', null],
      ['FULLY_CONNECTED', null],
      ['SOFTMAX', null],
    ]);
    expect(report.memory.peak).toMatchObject({ layer: 'conv', operator: 'CONV_2D' });
    const { liveBytes, buffers } = report.memory.peak!;
    expect(buffers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(liveBytes);
    expect(Math.max(...report.layers.map((layer) => layer.liveBytes))).toBe(liveBytes);
    expect(report).not.toHaveProperty('accuracy');
  });

  it('says the same arena as the run that is let through takes', async () => {
    const { fit, memory } = await madeOn(roomy);
    const { report } = await refusedOn({ own: board(1 << 20, fit.ram.used - 1) });
    expect([report.memory.ram.used, report.memory.lowerBound]).toEqual([fit.ram.used, memory.lowerBound]);
    await expect(madeOn({ own: board(fit.flash.used, fit.ram.used) })).resolves.toBeDefined();
  });

  it('prints a picture in which the layers that are too large are marked', async () => {
    const { report } = await refusedOn({ own: board(1 << 20, 900) });
    const text = reportText(report);
    expect(text).toMatch(
      /^memory {7}bytes alive in the arena while each layer runs; there is room for \d+ \(#\), not for more \(!\)$/m,
    );
    expect(text).toMatch(/^ +conv +\d+ {2}#+!+ {2}the most$/m);
    expect(text).toMatch(/^over {9}more than there is room for is alive at 1 of 3 layers: conv$/m);
    expect(text).toMatch(/^fits {9}no: [\d,]+ bytes of RAM too many, at least$/m);
    expect(text).toMatch(/^wrote {8}nothing \(MODEL_DOES_NOT_FIT\); no data was read/m);
    expect(text).not.toMatch(/^(accuracy|calibration)/m);
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });
});

it('says where it is not the layers that take too much', async () => {
  const { report } = await refusedOn({ own: board(1 << 20, 1000) });
  expect(reportText(report)).toMatch(/^over {9}not the layers: the runtime needs [\d,]+ bytes to set up$/m);
});

describe('by the sizes of what was made', () => {
  it('reports the whole run where only the numbers tell', async () => {
    const { fit } = await madeOn(roomy);
    const own = { own: board(fit.flash.used - 1, 1 << 18) };
    const { refusal, report } = await refusedOn(own);
    expect(stages).toEqual(['calibrate', 'quantize']);
    expect(refusal.message).toMatch(/the model takes \d+ bytes of flash, \d+ are there: 1 too many/);
    expect(report).toMatchObject({ ok: false, exitCode: 5, foreseen: null, quantization: { method: 'min-max' } });
    expect(report.memory.flash).toEqual({ used: fit.flash.used, available: fit.flash.used - 1 });
    expect(report.layers[0]!.output.scale).toBeGreaterThan(0);
    expect(reportText(report)).toMatch(/^weights {6}the layers read [\d,]+ bytes; the most dense /m);
  });
});

describe('by accuracy', () => {
  /** Classes told apart by what int8 cannot hold: the first value decides, beside one that is a thousand times as large. */
  const hard = (): Graph => {
    const builder = new GraphBuilder('hard');
    const input = builder.input('x', [1, 2], 'float32');
    const weights = builder.constant('w', [2, 2], Float32Array.of(1, 0, -1, 0), 'float32');
    const bias = builder.constant('b', [2], new Float32Array(2), 'float32');
    return builder.finish([builder.add('FULLY_CONNECTED', [input, weights, bias], {}, { origin: 'dense' })]);
  };

  const hardOn = (own: Json): Promise<Verdict> => {
    writeFileSync(join(model.folder, 'hard.tflite'), encode(graphToModel(hard())));
    const rows = Array.from({ length: 400 }, (_, i) => {
      const small = ((i % 7) + 1) * (i % 2 === 0 ? 1 : -1);
      return [small, 1000 * Math.sin(i), small > 0 ? 0 : 1].join(',');
    });
    writeFileSync(join(model.folder, 'hard.csv'), `${rows.join('\n')}\n`);
    const request = {
      ...model.request,
      model: join(model.folder, 'hard.tflite'),
      calibration: `${join(model.folder, 'hard.csv')}?label=2&header=no`,
      profile: 'own',
    };
    return attempt(request, libraryWith({ own }), deployHost('reference'), noProgress);
  };
  const strict = { scheme: 'int8', limits: { accuracyDropPoints: 2 } };

  it('reports the figures with the refusal', async () => {
    const { refused } = await hardOn({ extends: 'rp2040', schemes: [strict] });
    const { refusal, report } = refused!;
    expect(refusal.definition.code).toBe('ACCURACY_BELOW_LIMIT');
    expect(report).toMatchObject({ ok: false, exitCode: 6, remedies: [], accuracy: [{ top1: { labelled: 400 } }] });
    const text = reportText(report);
    expect(text).toMatch(/top-1 float 100\.0 % .*, int8 \d+\.\d % .* of 400 labelled/);
    expect(text).toMatch(/^fits {9}yes/m);
    expect(text).not.toMatch(/^would fit/m);
    expect(text).toMatch(/points \(.*\): a loss beyond chance/);
    expect(report.limits).toMatchObject([{ limit: 'accuracyDropPoints', kept: false, withinChance: false }]);
    expect(report.schemes).toMatchObject([{ scheme: 'int8', verdict: 'too inaccurate' }]);
  });

  it('gives way to the next scheme of the profile, and says why', async () => {
    const { deployment } = await hardOn({
      extends: 'rp2040',
      schemes: [strict, { scheme: 'int16x8' }, { scheme: 'float32' }],
    });
    const report = reportOf(deployment!, deployment!.files);
    expect(report.schemes.map(({ scheme, verdict }) => [scheme, verdict])).toEqual([
      ['int8', 'too inaccurate'],
      ['int16x8', 'chosen'],
      ['float32', 'not tried'],
    ]);
    expect(report.profile).toMatchObject({ schemesPassedOver: ['int8'], schemesNext: ['float32'] });
    expect(reportText(report)).toMatch(
      /^scheme {7}int16x8, .*\n(.*\n)* +int8 was considered: too inaccurate; top-1 falls by/m,
    );
    expect(report.outputs[0]!.dtype).toBe('int16');
  });
});

describe('what would make it fit', () => {
  const kindsOf = ({ report }: Refused): readonly string[] => report.remedies.map(({ kind }) => kind);

  it('names other devices that hold it, and they do', async () => {
    const own = { own: board(1 << 20, 1000), larger: board(1 << 20, 8000), tiny: board(100, 100) };
    const refused = await refusedOn(own);
    const advised = refused.report.remedies.flatMap(({ what }) => /--profile ([\w-]+)/.exec(what)?.[1] ?? []);
    expect(advised).toContain('larger');
    expect(advised).not.toContain('tiny');
    expect(advised).not.toContain('host-reference');
    expect(refused.refusal.details.next).toContain('choose --profile larger');
    const library = libraryWith(own);
    for (const profile of advised) {
      const { fit } = await deploy({ ...model.request, profile }, library, deployHost('reference'), noProgress);
      const claimed = refused.report.remedies.find(({ what }) => what.includes(`--profile ${profile}:`))!.fit;
      expect(fit.flash.used).toBeLessThanOrEqual(claimed.flash.used);
      expect(fit.ram.used).toBeLessThanOrEqual(claimed.ram.used);
    }
  });

  it('names integer inputs and outputs where real ones are too much', async () => {
    const real = { inputType: 'float32', outputType: 'float32' } as const;
    const [{ fit }, { fit: least }] = [await madeOn(roomy, real), await madeOn(roomy)];
    expect(least.ram.used).toBeLessThan(fit.ram.used);
    const own = { own: board(1 << 20, least.ram.used + 16) };
    const refused = await refusedOn(own, real);
    expect(refused.refusal.details.next).toContain('give --input-type int8 --output-type int8');
    await expect(madeOn(own, { inputType: 'int8', outputType: 'int8' })).resolves.toBeDefined();
  });

  it('names the option for smaller matrices where it is enough', async () => {
    // One that has kernels for a scale for each row.
    const espressif = (flash: number): Json => ({
      extends: 'esp32',
      memory: { flash: region(flash) },
      schemes: [{ scheme: 'int8' }],
    });
    const [{ fit }, { fit: compact }] = [
      await madeOn({ own: espressif(1 << 20) }),
      await madeOn({ own: espressif(1 << 20) }, { compactMatrices: true }),
    ];
    expect(compact.flash.used).toBeLessThan(fit.flash.used);
    const own = { own: espressif(fit.flash.used - 4) };
    const refused = await refusedOn(own);
    expect(refused.refusal.details.next).toContain('give --compact-matrices');
    await expect(madeOn(own, { compactMatrices: true })).resolves.toBeDefined();
  });

  it('says how much the firmware may keep, where the chip has enough', async () => {
    const ram = { bytes: 100_000, reservedBytes: 99_000, source: 's' };
    const schemes = [{ scheme: 'int8' }];
    const refused = await refusedOn({ own: { extends: 'rp2040', memory: { ram }, schemes } });
    const [, most] = /\/memory\/ram\/reservedBytes of at most (\d+)/.exec(refused.refusal.details.next)!;
    const followed = (reservedBytes: number): Json => ({
      extends: 'rp2040',
      memory: { ram: { ...ram, reservedBytes } },
      schemes,
    });
    await expect(madeOn({ own: followed(Number(most)) })).resolves.toBeDefined();
    await expect(madeOn({ own: followed(Number(most) + 1) })).rejects.toThrow(/MODEL_DOES_NOT_FIT/);
    expect(kindsOf(await refusedOn({ own: board(1 << 20, 1000) }))).not.toContain('own-profile');
    // What is foreseen is the least; the advice is about the most.
    const flash = { bytes: 10_000, reservedBytes: 9_500, source: 's' };
    const early = await refusedOn({ own: { extends: 'rp2040', memory: { flash }, schemes } });
    const [, left] = /\/memory\/flash\/reservedBytes of at most (\d+)/.exec(early.refusal.details.next)!;
    const enough = { flash: { ...flash, reservedBytes: Number(left) } };
    expect(early.report.foreseen).not.toBeNull();
    await expect(madeOn({ own: { extends: 'rp2040', memory: enough, schemes } })).resolves.toBeDefined();
    const { fit: claimed } = early.report.remedies.find(({ kind }) => kind === 'own-profile')!;
    expect(Number(left)).toBe(flash.bytes - claimed.flash.used);
  });

  it('advises no budget where the chip itself has too little, or no block of it is large enough', async () => {
    const reserved = (bytes: number, reservedBytes: number) => ({ bytes, reservedBytes, source: 's' });
    const small = { extends: 'rp2040', memory: { flash: reserved(1000, 100), ram: region(1 << 18) } };
    expect(kindsOf(await refusedOn({ own: small }))).not.toContain('own-profile');
    const blocks = { staticBytes: 900, heapBytes: 900, allocation: 'malloc(BYTES)', source: 's' };
    const parted = { extends: 'esp32', memory: { ram: { ...reserved(200_000, 1000), blocks } } };
    expect(kindsOf(await refusedOn({ own: parted }))).not.toContain('own-profile');
  });

  it('names no device of which it is not certain that it has room', async () => {
    const { report } = await refusedOn({ own: board(1 << 20, 1000), larger: board(1 << 20, 8000) });
    const { fit } = report.remedies.find(({ what }) => what.includes('--profile larger:'))!;
    const own = (flash: number, ram: number) => ({ own: board(1 << 20, 1000), other: board(flash, ram) });
    const advised = async (flash: number, ram: number): Promise<boolean> =>
      (await refusedOn(own(flash, ram))).report.remedies.some(({ what }) => what.includes('--profile other:'));
    expect(await advised(fit.flash.used, fit.ram.used)).toBe(true);
    expect(await advised(fit.flash.used - 1, fit.ram.used)).toBe(false);
    expect(await advised(fit.flash.used, fit.ram.used - 1)).toBe(false);
  });

  it('says so where nothing does', async () => {
    const refused = await refusedOn({ own: board(100, 100) }, {});
    const none = { ...refused.report, remedies: [] };
    expect(reportText(none)).toMatch(/^would fit {4}nothing that was tried: /m);
  });
});

it('throws the refusal for callers that want files or nothing', async () => {
  await expect(madeOn({ own: board(1 << 20, 1000) })).rejects.toThrow(/MODEL_DOES_NOT_FIT/);
});
