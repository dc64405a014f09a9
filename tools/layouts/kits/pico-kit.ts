// A stand-in for the Pico SDK and pico-tflmicro: the functions and targets of theirs that projects use, built for a Cortex-M0+.
import { armToolchain, buildWithCmake } from '../cmake-build.js';
import { inFolder, tfliteMicro } from '../tflite-micro.js';
import type { Kit } from './kit.js';

const sdk = new Map([
  [
    'external/pico_sdk_import.cmake',
    `macro(pico_sdk_init)
  if(NOT CMAKE_PROJECT_NAME)
    message(FATAL_ERROR "pico_sdk_init() comes after project()")
  endif()
  add_library(pico_stdlib INTERFACE)
  target_include_directories(pico_stdlib INTERFACE $ENV{PICO_SDK_PATH}/include)
endmacro()
function(pico_enable_stdio_usb target on)
  get_target_property(type \${target} TYPE)
  if(NOT type STREQUAL EXECUTABLE)
    message(FATAL_ERROR "\${target} is no program")
  endif()
endfunction()
function(pico_add_extra_outputs target)
endfunction()
`,
  ],
  [
    'include/pico/stdlib.h',
    `#pragma once
#include <stdbool.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
static inline bool stdio_init_all(void) { return true; }
static inline void sleep_ms(uint32_t ms) { (void)ms; }
#ifdef __cplusplus
}
#endif
`,
  ],
]);

const tflmBuild = `add_library(pico-tflmicro INTERFACE)
target_include_directories(pico-tflmicro INTERFACE \${CMAKE_CURRENT_LIST_DIR}/src)
`;

export const picoKit: Kit = {
  profile: 'rp2040',
  needs: 'cmake, ninja and arm-none-eabi-g++',
  build: (folder, library, { name, isCompiled }) => {
    folder.write(inFolder('sdk', sdk));
    folder.write(new Map([['arm.cmake', armToolchain('cortex-m0plus')]]));
    if (!isCompiled) {
      folder.write(inFolder('tflm/src', tfliteMicro(library, name)));
      folder.write(new Map([['tflm/CMakeLists.txt', tflmBuild]]));
    }
    buildWithCmake(folder, {
      source: `${library.folder}/examples/${name}_smoke`,
      into: 'build',
      definitions: { CMAKE_TOOLCHAIN_FILE: `${folder.path}/arm.cmake` },
      environment: { PICO_SDK_PATH: `${folder.path}/sdk`, PICO_TFLMICRO_PATH: `${folder.path}/tflm` },
    });
    return undefined;
  },
};
