// What PlatformIO does with a library and the project of its example, with stand-ins for the frameworks.
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { BuildFolder } from '../../testing/src/index.js';
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
function sourcesOf({ path }: BuildFolder, library: string): readonly string[] {
  const files = readdirSync(join(path, library, 'src'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.(?:c|cc|cpp|S)$/.test(file)).map((file) => `${library}/src/${file}`);
}

export const platformioKit: Kit = {
  profile: 'esp32',
  needs: 'gcc and g++',
  build: (folder, library, { name, isCompiled }) => {
    const manifest = JSON.parse(textOf(library, 'library.json')) as LibraryJson;
    const [{ base, files }] = manifest.examples;
    const project = textOf(library, `${base}/platformio.ini`);
    const linked = [...project.matchAll(/^ +(\w+)=symlink:\/\/(\S+)$/gm)].map(
      ([, called, path]) => [called!, posix.join(library.folder, base, path!)] as const,
    );
    if (!linked.some(([called, at]) => called === manifest.name && at === library.folder))
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
    const all = [
      isArduino ? 'core/core.cpp' : 'core/core.c',
      `${library.folder}/${base}/${main}`,
      ...linked.flatMap(([, at]) => sourcesOf(folder, at)),
    ];
    // Paths in flags begin where the library does.
    const flags = (manifest.build.flags ?? []).map((flag) =>
      flag.replace(/^-I /, `-I${library.folder}/`).replace(/^-D /, '-D'),
    );
    return compileAll(folder, all, ['-Icore', '-Itflm', ...linked.map(([, at]) => `-I${at}/src`), ...flags]);
  },
};
