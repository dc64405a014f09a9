// Another runtime of the same device is advice only where it was tried, and it does what it says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProfiles, type ProfileLibrary } from '@wherry/profiles';
import { attempt } from '../deploy.js';
import type { DeployRequest, Deployment } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { grouped } from '../report/numbers.js';
import { leftOpen, smallModel } from '../testing/small-model.js';

const texts = await readProfileTexts();
const model = smallModel({ profile: 'own' });
afterAll(() => model.remove());

/** The Pico with so much memory for a model. */
function libraryWith(ramBytes: number, changes: object = {}): ProfileLibrary {
  const ram = { bytes: ramBytes, reservedBytes: 0, source: 's' };
  const own = { extends: 'rp2040', id: 'own', name: 'own', chip: 'a chip', memory: { ram }, ...changes };
  return loadProfiles(new Map([...texts, ['own.json', JSON.stringify(own)]]));
}

async function outcome(
  library: ProfileLibrary,
  changes: Partial<DeployRequest> = {},
): Promise<Deployment | { readonly refusal: string }> {
  const request = { ...model.request, ...changes };
  try {
    const { deployment, refused } = await attempt(request, library, deployHost('reference'), noProgress);
    return deployment ?? { refusal: refused.refusal.message };
  } catch (error) {
    return { refusal: (error as Error).message };
  }
}

const made = async (...asked: Parameters<typeof outcome>): Promise<Deployment> => {
  const found = await outcome(...asked);
  if ('refusal' in found) throw new Error(found.refusal);
  return found;
};
const refusal = async (...asked: Parameters<typeof outcome>): Promise<string> => {
  const found = await outcome(...asked);
  return 'refusal' in found ? found.refusal : 'it was made';
};

/** The table of the compiled runtime without a kernel for CONV_2D. */
function withoutConvolution(ramBytes: number): ProfileLibrary {
  const library = libraryWith(ramBytes);
  const { CONV_2D: _, ...operators } = library.runtimes.get('compiled-c')!.operators;
  const table = { ...library.runtimes.get('compiled-c')!, operators };
  return { ...library, runtimes: new Map([...library.runtimes, ['compiled-c', table]]) };
}

const compiled =
  /give --runtime compiled-c: beside its code the model takes at most ([\d,]+) of [\d,]+ bytes, the arena ([\d,]+) of/;

describe('a model that does not fit beside an interpreter', () => {
  it('is told to become C where that fits, with the figures that it then has', async () => {
    const told = compiled.exec(await refusal(libraryWith(1000)));
    const { fit } = await made(libraryWith(1000), { runtime: 'compiled-c' });
    expect([told?.[1], told?.[2]]).toEqual([grouped(fit.flash.used), grouped(fit.ram.used)]);
  });

  it('is told nothing of it where that would not fit', async () => {
    const { fit } = await made(libraryWith(1000), { runtime: 'compiled-c' });
    expect(await refusal(libraryWith(fit.ram.used))).toMatch(compiled);
    const less = await refusal(libraryWith(fit.ram.used - 1));
    expect(less).toMatch(/^MODEL_DOES_NOT_FIT/);
    expect(less).not.toContain('--runtime');
  });

  it.each([
    ['the profile has a format for an array', { export: { arrayFormat: 'string' } }, {}],
    ['the name is that of a header', {}, { name: 'string', symbol: 'g_it' }],
  ])('is told nothing of it where %s', async (_, changes, asked) => {
    const said = await refusal(libraryWith(1000, changes), asked);
    expect(said).toMatch(/^MODEL_DOES_NOT_FIT/);
    expect(said).not.toContain('--runtime');
  });
});

describe('a model that the compiled runtime has no kernels for', () => {
  it('is told to leave it away where the own runtime of the device takes it, and how large it is there', async () => {
    const library = withoutConvolution(100_000);
    const told = await refusal(library, { runtime: 'compiled-c', scheme: 'int8' });
    expect(told).toMatch(/; or leave --runtime compiled-c away: tflm-\S+ computes it in int8, and the model takes/);
    const { fit } = await made(library, { scheme: 'int8' });
    const most = /away:.* at most ([\d,]+) of .*, the arena ([\d,]+) of/.exec(told);
    expect(fit.flash.used).toBeLessThanOrEqual(Number(most?.[1]?.replace(',', '')));
    expect(fit.ram.used).toBeLessThanOrEqual(Number(most?.[2]?.replace(',', '')));
  });

  it('is not told so where it would not fit there', async () => {
    const told = await refusal(withoutConvolution(1000), { runtime: 'compiled-c', scheme: 'int8' });
    expect(told).toMatch(/^(?:QUANT|PROFILE|TARGET)_/);
    expect(told).not.toContain('--runtime');
  });
});

describe('a quantized file', () => {
  const file = join(model.folder, 'quantized.tflite');
  const asItIs = { ...leftOpen, model: file, calibration: undefined };
  beforeAll(async () => writeFileSync(file, (await made(libraryWith(100_000))).tflite));

  it('is told to become C where that fits', async () => {
    const told = compiled.exec(await refusal(libraryWith(1000), asItIs));
    const { fit } = await made(libraryWith(1000), { ...asItIs, runtime: 'compiled-c' });
    expect([told?.[1], told?.[2]]).toEqual([grouped(fit.flash.used), grouped(fit.ram.used)]);
  });

  it('is told to leave the compiled runtime away where only the own one takes it', async () => {
    const library = withoutConvolution(100_000);
    const told = await refusal(library, { ...asItIs, runtime: 'compiled-c' });
    expect(told).toMatch(/; or leave --runtime compiled-c away, which takes the file as it is: the model takes/);
    await expect(made(library, asItIs)).resolves.toBeDefined();
  });
});
