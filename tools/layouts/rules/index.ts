// What the readers of a layout's metadata ask of it. Gives what is wrong.
import type { LayoutName } from '@wherry/firmware-layouts';
import { textOf, type LibraryFiles } from '../library-files.js';
import { folderFaults, keywordFaults, propertiesFaults } from './arduino-rules.js';
import { componentFaults } from './espressif-rules.js';
import { libraryJsonFaults, projectFaults } from './platformio-rules.js';
import { configurationFaults, kconfigFaults, moduleFaults, sampleFaults } from './zephyr-rules.js';

type Faults = (library: LibraryFiles, name: string) => readonly string[];

/** Of a layout without metadata there are none. */
export const metadataFaults: { readonly [K in LayoutName]: Faults } = {
  'esp-idf': (library, name) => [
    ...componentFaults(textOf(library, 'idf_component.yml'), true),
    ...componentFaults(textOf(library, `examples/${name}_smoke/main/idf_component.yml`), false),
    ...configurationFaults(textOf(library, `examples/${name}_smoke/sdkconfig.defaults`)),
  ],
  arduino: (library) => [...propertiesFaults(library), ...folderFaults(library), ...keywordFaults(library)],
  platformio: (library, name) => [
    ...libraryJsonFaults(library),
    ...projectFaults(textOf(library, `examples/${name}_smoke/platformio.ini`)),
  ],
  zephyr: (library, name) => [
    ...moduleFaults(library),
    ...kconfigFaults(textOf(library, 'zephyr/Kconfig')),
    ...configurationFaults(textOf(library, `samples/${name}_smoke/prj.conf`)),
    ...sampleFaults(textOf(library, `samples/${name}_smoke/sample.yaml`), `${name}: the known answers are right (0)`),
  ],
  'pico-sdk': () => [],
  cmake: () => [],
};
