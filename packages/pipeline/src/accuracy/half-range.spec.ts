// What is too large for float16 is refused where it is stored in it, and of what flows only where the target computes in it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { loadProfiles } from '@wherry/profiles';
import { decode, encode, graphToModel, readMetadata } from '@wherry/tflite-writer';
import { attempt } from '../deploy.js';
import type { Verdict } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { reportText } from '../report/report-text.js';
import { reportOf } from '../report/report.js';
import { leftOpen, smallModel } from '../testing/small-model.js';

const model = smallModel(leftOpen);
afterAll(() => model.remove());

const own = { extends: 'raspberry-pi-5', id: 'own', name: 'Own', chip: 'c', arithmetic: { fp16: 'native' } };
const library = loadProfiles(new Map([...(await readProfileTexts()), ['own.json', JSON.stringify(own)]]));

/** Two dense layers: the first gives values about 20 times `weight`, the second brings them back. */
async function made(profile: string, weight: number, withData = true): Promise<Verdict> {
  const builder = new GraphBuilder('large');
  const filter = (name: string, shape: readonly [number, number], size: number): number => {
    const values = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => size * (1 + Math.sin(i) / 4));
    return builder.constant(name, shape, values, 'float32');
  };
  const x = builder.input('x', [1, 32], 'float32');
  const squares = builder.add('MUL', [x, x], {}, { origin: 'squares' });
  const large = builder.add('FULLY_CONNECTED', [squares, filter('w1', [8, 32], weight), null], {}, { origin: 'large' });
  const y = builder.add('FULLY_CONNECTED', [large, filter('w2', [16, 8], 1 / 256), null], {}, { origin: 'small' });
  const path = join(model.folder, `large-${weight}.tflite`);
  writeFileSync(path, encode(graphToModel(builder.finish([y]))));
  const rows = `${model.request.calibration.split('?')[0]!}?columns=0-31&header=no`;
  const calibration = withData ? rows : undefined;
  const request = { ...model.request, profile, model: path, calibration, scheme: 'float16' } as const;
  return attempt(request, library, deployHost('reference'), noProgress);
}

/** In the words that LiteRT looks for: float16, added up in float16. */
const allowsHalf = ({ deployment }: Verdict): boolean =>
  Buffer.from(readMetadata(decode(deployment!.tflite), 'reduced_precision_support') ?? []).toString() === 'fp16accfp16';

it('refuses what flows where float16 is computed in', async () => {
  for (const profile of ['android-gpu-fp16', 'own'])
    for (const weight of [1e4, -1e4]) {
      const { refused } = await made(profile, weight);
      expect(refused?.refusal.message).toMatch(/^FLOAT16_OVERFLOW: it gives values to .*\n.*large/);
    }
});

it('does not tell the runtime to compute in float16 where no sample was seen', async () => {
  const { deployment } = await made('android-gpu-fp16', 1, false);
  expect(allowsHalf({ deployment: deployment! })).toBe(false);
});

it('refuses a layer that gives nothing but what float16 has few bits for', async () => {
  const { refused } = await made('android-gpu-fp16', 1e-7);
  expect(refused?.refusal.message).toMatch(/^FLOAT16_UNDERFLOW: all that it gives is at most .*\n.*large/);
  expect((await made('raspberry-pi-5', 1e-7)).refused).toBeUndefined();
});

it('takes it where weights are widened, and does not tell the runtime to compute in float16', async () => {
  const verdict = await made('raspberry-pi-5', 1e4);
  expect(verdict.refused?.refusal.message).toBeUndefined();
  expect(allowsHalf(verdict)).toBe(false);
  expect(verdict.deployment!.accuracy[0]!.sqnrDb).toBeGreaterThan(40);
  expect(reportText(reportOf(verdict.deployment!, new Map()))).not.toContain('rounded to float16');
});

it('refuses weights everywhere', async () => {
  for (const profile of ['android-gpu-fp16', 'raspberry-pi-5'])
    expect((await made(profile, 1e5)).refused?.refusal.message).toMatch(/^FLOAT16_OVERFLOW: the constant w1/);
});

it('says of values that are not finite that they are, and not that they are equal', async () => {
  const { refused } = await made('android-gpu-fp16', 1e5);
  const text = reportText(refused!.report).replace(/\s+/g, ' ');
  expect(text).toMatch(/small: \d+ values infinite or not a number \(\d+ in the model; the first in sample \d+\)/);
  expect(text).not.toContain('equal to float');
  expect(text).toContain('VALUES_NOT_FINITE');
  expect(text).not.toContain('preprocessed as in training');
});

it('measures as the target computes', async () => {
  const [gpu, cpu] = [await made('android-gpu-fp16', 1), await made('raspberry-pi-5', 1)];
  expect(gpu.deployment!.accuracy[0]!.sqnrDb).toBeLessThan(cpu.deployment!.accuracy[0]!.sqnrDb - 1);
  expect(reportText(reportOf(gpu.deployment!, new Map()))).toContain('values between layers rounded to float16');
  expect(allowsHalf(gpu)).toBe(true);
});

it('warns of weights that lose their bits, and not of those that are 0', async () => {
  const denormal = async (weight: number): Promise<readonly string[]> =>
    (await made('raspberry-pi-5', weight))
      .deployment!.warnings.filter(({ code }) => code === 'FLOAT16_DENORMAL')
      .map(({ what }) => what);
  expect(await denormal(0)).toEqual([]);
  expect(await denormal(2 ** -16)).toEqual([expect.stringContaining('256 of 256 values of w1')]);
});
