// Layouts for which the array, or the arena, is wanted otherwise: built as the plain ones are.
import type { LayoutName } from '@wherry/firmware-layouts';
import { loadProfiles } from '@wherry/profiles';
import { readProfileTexts } from '@wherry/pipeline';
import { buildFolder, describeCompiled } from '../testing/src/index.js';
import { deployedLayout } from './deployed-layout.js';
import { textOf, type LibraryFiles } from './library-files.js';
import { kits } from './kits/index.js';
import type { Kit } from './kits/kit.js';
import { inFolder } from './tflite-micro.js';

const texts = await readProfileTexts();

const inPsram = 'heap_caps_aligned_alloc(16, BYTES, MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT)';

/** Extends the profile of the kit, or another one. */
async function built(
  layout: LayoutName,
  changes: object,
  {
    runtime,
    base = kits[layout].profile,
  }: { readonly runtime?: 'compiled-c' | undefined; readonly base?: string } = {},
): Promise<LibraryFiles> {
  const { chip } = loadProfiles(texts).targets.get(base)!.profile;
  const own = { extends: base, id: 'own', name: 'Own', chip, ...changes };
  const profiles = loadProfiles(new Map([...texts, ['own.json', JSON.stringify(own)]]));
  return deployedLayout({ profile: 'own', layout, name: 'kws', runtime }, profiles);
}

/** What is static has 16 bytes: nothing fits. */
function onHeap(base: string, allocation: string): object {
  const { ram } = loadProfiles(texts).targets.get(base)!.profile.memory;
  const heapBytes = Math.min(100_000, ram.bytes - ram.reservedBytes);
  return { memory: { ram: { blocks: { staticBytes: 16, heapBytes, source: 'a bound of this test', allocation } } } };
}

function expectRight(kit: Kit, library: LibraryFiles, isCompiled: boolean): void {
  const folder = buildFolder();
  try {
    folder.write(inFolder(library.folder, library.files));
    const printed = kit.build(folder, library, { name: 'kws', isCompiled });
    if (printed !== undefined) expect(printed).toBe('kws: the known answers are right (0)\n');
  } finally {
    folder.remove();
  }
}

const arrays = (Object.keys(kits) as LayoutName[]).flatMap((layout) =>
  (['string', 'incbin'] as const).map((arrayFormat) => [layout, arrayFormat] as const),
);

describe.each(arrays)('the layout %s with the array as %s', (layout, arrayFormat) => {
  const kit = kits[layout];
  describeCompiled(
    'of the model',
    () => {
      it('is built, or refused', async () => {
        const asked = deployedLayout({ profile: kit.profile, layout, name: 'kws', arrayFormat });
        if (layout === 'arduino' && arrayFormat === 'incbin')
          return expect(asked).rejects.toThrow(/LAYOUT_WHERE: the assembler is to copy the model/);
        expectRight(kit, await asked, false);
      }, 60_000);
    },
    kit.needs,
  );
});

const heaps: readonly (readonly [LayoutName, string, string])[] = [
  ['esp-idf', 'esp32-s3', inPsram],
  ['arduino', 'esp32', inPsram],
  ['platformio', 'esp32', inPsram],
  ['pico-sdk', 'rp2040', 'malloc(BYTES)'],
  ['zephyr', 'nrf5340', 'malloc(BYTES)'],
  ['cmake', 'stm32f4', 'malloc(BYTES)'],
];

describe.each(heaps)('the layout %s with the arena of %s from %s', (layout, base, allocation) => {
  const kit = kits[layout];
  describeCompiled(
    'of the model',
    () => {
      it.each([undefined, 'compiled-c'] as const)(
        'is built for runtime %s',
        async (runtime) => {
          const library = await built(layout, onHeap(base, allocation), { runtime, base });
          const settings = [...library.files.keys()].find((path) => path.endsWith('kws_settings.h'))!;
          expect(textOf(library, settings)).toContain('_ARENA_FROM_HEAP 1');
          expectRight(kit, library, runtime !== undefined);
        },
        60_000,
      );
    },
    kit.needs,
  );
});

it('asks for PSRAM where the arena comes from there', async () => {
  const settings = 'examples/kws_smoke/sdkconfig.defaults';
  const base = 'esp32-s3';
  expect(textOf(await built('esp-idf', onHeap(base, inPsram), { base }), settings)).toContain('CONFIG_SPIRAM=y\n');
  expect(textOf(await built('esp-idf', {}, { base }), settings)).not.toContain('SPIRAM');
});

it('refuses an arena that the layout cannot take from there', async () => {
  const asked = built('zephyr', onHeap('esp32', inPsram), { base: 'esp32' });
  await expect(asked).rejects.toThrow(/LAYOUT_WHERE: the arena is too large.*SPIRAM/);
});
