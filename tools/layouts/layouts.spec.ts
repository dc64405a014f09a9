// Every layout with every example for models of awkward names, built by its build system or by what stands in for it.
import type { LayoutName } from '@wherry/firmware-layouts';
import { layoutNames } from '@wherry/pipeline/tool';
import { buildFolder, describeCompiled } from '../testing/src/index.js';
import { deployedLayout } from './deployed-layout.js';
import { kits } from './kits/index.js';
import type { Kit } from './kits/kit.js';
import { inFolder } from './tflite-micro.js';

/** A keyword of C, one that begins with a digit and is not ASCII, and one that no Arduino library may have: with what is advised instead. */
const awkward = { class: 'model_class', '1 été': 'model_1_t', Arduino: 'arduino' };
const names = Object.values(awkward);

it('builds for every layout', () => {
  expect(Object.keys(kits).sort()).toEqual([...layoutNames].sort());
});

it.each(Object.entries(awkward))('advises another name for the model %s', async (name, advised) => {
  const asked = deployedLayout({ profile: 'rp2040', layout: 'cmake', name });
  await expect(asked).rejects.toThrow(`use for example --name ${advised}`);
});

describe.each(Object.entries(kits) as [LayoutName, Kit][])('the layout %s', (layout, kit) => {
  describeCompiled(
    'of the model',
    () => {
      it.each(names.flatMap((name) => [undefined, 'compiled-c' as const].map((runtime) => [name, runtime] as const)))(
        '%s with runtime %s',
        async (name, runtime) => {
          const folder = buildFolder();
          try {
            const library = await deployedLayout({ profile: kit.profile, layout, name, runtime });
            folder.write(inFolder(library.folder, library.files));
            const printed = kit.build(folder, library, { name, isCompiled: runtime !== undefined });
            if (printed !== undefined) expect(printed).toBe(`${name}: the known answers are right (0)\n`);
          } finally {
            folder.remove();
          }
        },
        60_000,
      );
    },
    kit.needs,
  );
});
