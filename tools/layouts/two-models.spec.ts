// Two models in one firmware: their libraries side by side, each with its own names.
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';
import { buildWithCmake } from './cmake-build.js';
import { deployedLayout } from './deployed-layout.js';
import { arduinoCore } from './kits/arduino-core.js';
import { compileAll } from './kits/compile-all.js';
import { kits } from './kits/index.js';
import { textOf, type LibraryFiles } from './library-files.js';
import { inFolder } from './tflite-micro.js';

const names = ['hear', 'see'];
const runtime = 'compiled-c';
let folder: BuildFolder;
beforeEach(() => (folder = buildFolder()));
afterEach(() => folder.remove());

const selftests = 'g_hear_selftest_run() + g_see_selftest_run() + g_hear_selftest_run()';

describeCompiled(
  'two models',
  () => {
    it('are two targets of CMake', async () => {
      for (const name of names) {
        const library = await deployedLayout({ profile: 'host-reference', layout: 'cmake', name, runtime });
        folder.write(inFolder(library.folder, library.files));
      }
      const main = `#include "hear/hear_selftest.h"
#include "hear/hear_settings.h"
#include "see/see_selftest.h"
#include "see/see_settings.h"
int main(void) { return ${selftests}; }
`;
      const build = `cmake_minimum_required(VERSION 3.16)
project(both LANGUAGES C CXX)
add_subdirectory(hear_model)
add_subdirectory(see_model)
add_executable(both main.c)
target_link_libraries(both PRIVATE hear::model see::model)
`;
      folder.write(new Map([['CMakeLists.txt', build]]));
      folder.write(new Map([['main.c', main]]));
      buildWithCmake(folder, { source: '.', into: 'build' });
      expect(folder.exitCode('build/both', [])).toBe(0);
    }, 60_000);

    it('are two libraries of a sketch', async () => {
      const sources = ['core/core.cpp', 'sketch.cpp'];
      for (const name of names) {
        const library = await deployedLayout({ profile: 'esp32', layout: 'arduino', name, runtime });
        folder.write(inFolder(library.folder, library.files));
        sources.push(`${library.folder}/src/${name}/${name}.c`);
      }
      const sketch = `#include <Arduino.h>
#include <hear_model.h>
#include <see_model.h>
#include "hear/hear_selftest.h"
#include "see/see_selftest.h"
void setup() {}
void loop() {
  Serial.print(${selftests});
}
`;
      folder.write(new Map([['sketch.cpp', sketch]]));
      folder.write(inFolder('core', arduinoCore));
      expect(compileAll(folder, sources, ['-Icore', '-Ihear_model/src', '-Isee_model/src'])).toBe('0');
    }, 60_000);
  },
  'cmake, ninja and g++',
);

/** What somebody changes in the example of the first library for the second one beside it: where, what, and what it becomes. */
const joins = {
  'esp-idf': [
    ['examples/hear_smoke/main/idf_component.yml', /$/, '  see_model:\n    path: ../../../../see_model\n'],
    ['examples/hear_smoke/main/main.c'],
  ],
  platformio: [
    ['examples/hear_smoke/platformio.ini', /$/, '    see_model=symlink://../../../see_model\n'],
    ['examples/hear_smoke/src/main.cpp'],
  ],
  zephyr: [
    ['samples/hear_smoke/CMakeLists.txt', '/../..)', '/../.. ${CMAKE_CURRENT_LIST_DIR}/../../../see_model)'],
    ['samples/hear_smoke/prj.conf', /$/, 'CONFIG_SEE_MODEL=y\n'],
    ['samples/hear_smoke/src/main.c'],
  ],
  'pico-sdk': [
    [
      'examples/hear_smoke/CMakeLists.txt',
      /^add_subdirectory.*$/m,
      '$&\nadd_subdirectory(../../../see_model see_model)',
    ],
    ['examples/hear_smoke/CMakeLists.txt', 'hear_model pico', 'hear_model see_model pico'],
    ['examples/hear_smoke/main.c'],
  ],
} as const;

/** Its program, of which no more is said, runs the known answers of both. */
function joined(library: LibraryFiles, layout: keyof typeof joins): LibraryFiles {
  const files = new Map(library.files);
  const change = (path: string, what: string | RegExp, into: string): void => {
    const text = textOf({ files }, path);
    const changed = text.replace(what, into);
    if (changed === text) throw new Error(`there is no ${String(what)} in ${path}:\n${text}`);
    files.set(path, changed);
  };
  for (const [path, what, into] of joins[layout]) {
    if (what !== undefined) change(path, what, into);
    else {
      change(path, '#include "hear/hear_selftest.h"', '$&\n#include "see/see_selftest.h"');
      change(path, '= smoke();', '= smoke() + 10 * g_see_selftest_run();');
    }
  }
  return { ...library, files };
}

describe.each(Object.keys(joins) as (keyof typeof joins)[])('two models in a project of %s', (layout) => {
  const kit = kits[layout];
  describeCompiled(
    'are two libraries',
    () => {
      it('with the example of one of them', async () => {
        const [hear, see] = await Promise.all(
          names.map((name) => deployedLayout({ profile: kit.profile, layout, name, runtime })),
        );
        const both = joined(hear!, layout);
        folder.write(inFolder(both.folder, both.files));
        folder.write(inFolder(see!.folder, see!.files));
        const printed = kit.build(folder, both, { name: 'hear', isCompiled: true });
        const isRun = !kit.needs.includes('arm-none-eabi');
        expect(printed).toBe(isRun ? 'hear: the known answers are right (0)\n' : undefined);
      }, 60_000);
    },
    kit.needs,
  );
});
