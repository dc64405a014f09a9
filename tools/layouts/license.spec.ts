// The licence that a user names: in every text of a library that has comments, and in the metadata; none is made up.
import type { LayoutName } from '@wherry/firmware-layouts';
import { parse } from 'yaml';
import { deployedLayout } from './deployed-layout.js';
import { textOf } from './library-files.js';
import { kits } from './kits/index.js';
import { propertiesFaults } from './rules/arduino-rules.js';
import { componentFaults } from './rules/espressif-rules.js';
import { libraryJsonFaults } from './rules/platformio-rules.js';

const layouts = Object.keys(kits) as LayoutName[];
const runtimes = [undefined, 'compiled-c'] as const;
/** Of formats without comments, or with a key for it. */
const without = /\.(?:json|md|txt|properties)$/;
const withComments = (path: string): boolean => path.endsWith('CMakeLists.txt') || !without.test(path);

it.each(layouts.flatMap((layout) => runtimes.map((runtime) => [layout, runtime] as const)))(
  '%s for runtime %s has it in every text with comments',
  async (layout, runtime) => {
    const license = 'MIT OR Apache-2.0';
    const { profile } = kits[layout];
    const library = await deployedLayout({ profile, layout, name: 'kws', runtime, license });
    const paths = [...library.files.keys()].filter(withComments);
    const lacking = paths.filter(
      (path) => textOf(library, path).split(`SPDX-License-Identifier: ${license}`).length !== 2,
    );
    expect(lacking).toEqual([]);
    expect(paths.length).toBeGreaterThan(6);
    const none = await deployedLayout({ profile, layout, name: 'kws', runtime });
    expect([...none.files.keys()].filter((path) => /SPDX|licen[cs]e/i.test(textOf(none, path)))).toEqual([]);
  },
);

it('is in the metadata', async () => {
  const of = (layout: LayoutName, license: string) =>
    deployedLayout({ profile: kits[layout].profile, layout, name: 'kws', license });
  const component = textOf(await of('esp-idf', 'MIT OR ISC'), 'idf_component.yml');
  expect(parse(component)).toMatchObject({ license: 'MIT OR ISC' });
  expect(componentFaults(component, true)).toEqual([]);
  const arduino = await of('arduino', 'MIT');
  expect(textOf(arduino, 'library.properties')).toContain('\nlicense=MIT\n');
  expect(propertiesFaults(arduino)).toEqual([]);
  const platformio = await of('platformio', 'MIT');
  expect(JSON.parse(textOf(platformio, 'library.json'))).toMatchObject({ license: 'MIT' });
  expect(libraryJsonFaults(platformio)).toEqual([]);
  // It takes one identifier of the list of SPDX, and nothing else.
  for (const license of ['MIT OR ISC', 'LicenseRef-ours'])
    expect(JSON.parse(textOf(await of('platformio', license), 'library.json'))).not.toHaveProperty('license');
});

it('is refused where no file says it', async () => {
  const file = deployedLayout({ profile: 'android-cpu', layout: undefined, license: 'MIT' });
  await expect(file).rejects.toThrow(/SETTING_UNUSED: a licence is given, and android-cpu/);
});
