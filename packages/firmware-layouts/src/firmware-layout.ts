// From the C files of a model to a library that drops into the projects of a build system.
import { libraryName, type LayoutFiles, type LayoutModel } from './layout-model.js';
import type { LayoutName } from './layout-names.js';
import { arduinoArchive, arduinoLayout, arduinoName } from './layouts/arduino.js';
import { licensed } from './licensed.js';
import { cmakeLayout } from './layouts/cmake.js';
import { espIdfLayout } from './layouts/esp-idf.js';
import { picoSdkLayout } from './layouts/pico-sdk.js';
import { platformioLayout } from './layouts/platformio.js';
import { zephyrLayout } from './layouts/zephyr.js';
import { requireArena } from './require-layout.js';

interface Layout {
  /** Files of the library, by path in its folder. */
  readonly files: (model: LayoutModel) => LayoutFiles;
  /** That folder, where it is not called as the library is elsewhere. */
  readonly folder?: (model: LayoutModel) => string;
  /** What stands beside the folder. */
  readonly beside?: (model: LayoutModel) => LayoutFiles;
}

const layouts: { readonly [K in LayoutName]: Layout } = {
  'esp-idf': { files: espIdfLayout },
  arduino: { files: arduinoLayout, folder: arduinoName, beside: arduinoArchive },
  platformio: { files: platformioLayout },
  zephyr: { files: zephyrLayout },
  'pico-sdk': { files: picoSdkLayout },
  cmake: { files: cmakeLayout },
};

/**
 * By path, which begins with the name of the layout and the folder of the library. `requireLayout` has let the layout through.
 * Throws LAYOUT_WHERE for an arena that it cannot take from where the profile says.
 */
export function firmwareLayout(model: LayoutModel, layout: LayoutName): LayoutFiles {
  requireArena(layout, model.heapAllocation);
  const { files, folder = libraryName, beside } = layouts[layout];
  const within = `${layout}/${folder(model)}`;
  return new Map([
    ...[...licensed(files(model), model.license)].map(([path, content]) => [`${within}/${path}`, content] as const),
    ...[...(beside?.(model) ?? [])].map(([path, content]) => [`${layout}/${path}`, content] as const),
  ]);
}
