// Two models in one firmware: their libraries side by side, each with its own names.
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';
import { buildWithCmake } from './cmake-build.js';
import { deployedLayout } from './deployed-layout.js';
import { arduinoCore } from './kits/arduino-core.js';
import { compileAll } from './kits/compile-all.js';
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
