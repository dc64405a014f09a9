// From the C files of a model to a library that drops into the projects of a build system.
import type { LayoutFiles, LayoutModel } from './layout-model.js';
import { libraryName } from './layout-model.js';
import type { LayoutName } from './layout-names.js';
import { cmakeLayout } from './layouts/cmake.js';
import { picoSdkLayout } from './layouts/pico-sdk.js';

interface Layout {
  /** Files of the library, by path in its folder. */
  readonly files: (model: LayoutModel) => LayoutFiles;
}

const layouts: { readonly [K in LayoutName]: Layout } = {
  'pico-sdk': { files: picoSdkLayout },
  cmake: { files: cmakeLayout },
};

/** By path, which begins with the name of the layout and the folder of the library. Throws nothing that `requireLayout` does not. */
export function firmwareLayout(model: LayoutModel, layout: LayoutName): LayoutFiles {
  const { files } = layouts[layout];
  const folder = `${layout}/${libraryName(model)}`;
  return new Map([...files(model)].map(([path, content]) => [`${folder}/${path}`, content] as const));
}
