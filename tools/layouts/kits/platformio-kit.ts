// What PlatformIO does with a library and the project of its example, with stand-ins for the frameworks.
import { inFolder, tfliteMicro } from '../tflite-micro.js';
import { arduinoCore } from './arduino-core.js';
import { compileAll } from './compile-all.js';
import { espressifHeap } from './espressif-heap.js';
import type { Kit } from './kit.js';
import { textOf } from '../library-files.js';

interface LibraryJson {
  readonly name: string;
  readonly headers: readonly string[];
  readonly build: { readonly flags?: readonly string[] };
  readonly examples: readonly [{ readonly base: string; readonly files: readonly string[] }];
}

/** What it compiles of a library: all below src/. */
const compiled = /^src\/.*\.(?:c|cc|cpp|S)$/;

export const platformioKit: Kit = {
  profile: 'esp32',
  needs: 'gcc and g++',
  build: (folder, library, { name, isCompiled }) => {
    const manifest = JSON.parse(textOf(library, 'library.json')) as LibraryJson;
    const [{ base, files }] = manifest.examples;
    const project = textOf(library, `${base}/platformio.ini`);
    if (!project.includes(`${manifest.name}=symlink://../..`))
      throw new Error(`the project has no library:\n${project}`);
    const main = files.find((file) => /^src\/main\./.test(file))!;
    const isArduino = project.includes('framework = arduino');
    if (isArduino) folder.write(inFolder('core', arduinoCore));
    else
      folder.write(
        new Map([
          ['core/core.c', 'void app_main(void);\nint main(void) {\n  app_main();\n  return 0;\n}\n'],
          ['core/esp_heap_caps.h', espressifHeap],
        ]),
      );
    if (!isCompiled) folder.write(inFolder('tflm', tfliteMicro(library, name)));
    const sources = [...library.files.keys()].filter((path) => compiled.test(path));
    const all = [
      isArduino ? 'core/core.cpp' : 'core/core.c',
      ...[`${base}/${main}`, ...sources].map((path) => `${library.folder}/${path}`),
    ];
    // Paths in flags begin where the library does.
    const flags = (manifest.build.flags ?? []).map((flag) =>
      flag.replace(/^-I /, `-I${library.folder}/`).replace(/^-D /, '-D'),
    );
    return compileAll(folder, all, ['-Icore', '-Itflm', `-I${library.folder}/src`, ...flags]);
  },
};
