// The Pico SDK: an interface library, as those of the SDK are, so that the model is compiled with the flags of the firmware.
import { factsOf } from '../chips.js';
import { coreFiles, isAssembled } from '../core-files.js';
import { libraryName, smokeName, unfused, type LayoutFiles, type LayoutModel } from '../layout-model.js';
import { commands, readme } from '../readme.js';
import { smokeFile } from '../smoke.js';

export function picoSdkLayout(model: LayoutModel): LayoutFiles {
  const { files } = coreFiles(model);
  const example = `examples/${smokeName(model)}`;
  // The line comes again and again: whoever opens the port later sees it as well.
  const main = smokeFile(model, {
    includes: ['<stdio.h>', '"pico/stdlib.h"'],
    code: `int main(void) {
  stdio_init_all();
  const int result = smoke();
  for (;;) {
    printf("${model.name}: %s (%d)\\n", words(result), result);
    sleep_ms(1000);
  }
}`,
  });
  return new Map([
    ['CMakeLists.txt', libraryBuild(model)],
    ...files,
    [`${example}/CMakeLists.txt`, exampleBuild(model, `main.${main.ending}`)],
    [`${example}/main.${main.ending}`, main.text],
    ['README.md', readmeOf(model)],
  ]);
}

function libraryBuild(model: LayoutModel): string {
  const library = libraryName(model);
  const { sources, includeRoot, folder } = coreFiles(model);
  const inside = (path: string): string => `\${CMAKE_CURRENT_LIST_DIR}/${path}`;
  const folders = [includeRoot, ...(isAssembled(model) ? [folder] : [])].map(inside).join(' ');
  const heap = model.isCompiled && model.heapAllocation !== undefined;
  return `# The model ${model.name} as an interface library: add_subdirectory() this folder and link ${library}.
add_library(${library} INTERFACE)
target_sources(${library} INTERFACE ${sources.map(inside).join(' ')})
target_include_directories(${library} INTERFACE ${folders})
${model.isCompiled ? `# Of all that links it, as the firmware compiles the model.\ntarget_compile_options(${library} INTERFACE ${unfused})\n` : ''}${heap ? `# The firmware hands the memory to work in over: it is too much for a static array.\ntarget_compile_definitions(${library} INTERFACE ${model.names.macro('CALLER_ARENA').text})\n` : ''}${model.callsMath ? `target_link_libraries(${library} INTERFACE m)\n` : ''}${model.isCompiled ? '' : `if(TARGET pico-tflmicro)\n  target_link_libraries(${library} INTERFACE pico-tflmicro)\nendif()\n`}`;
}

function exampleBuild(model: LayoutModel, main: string): string {
  const smoke = smokeName(model);
  const tflm = model.isCompiled ? '' : 'add_subdirectory($ENV{PICO_TFLMICRO_PATH} pico-tflmicro EXCLUDE_FROM_ALL)\n';
  return `cmake_minimum_required(VERSION 3.13)
if(NOT DEFINED PICO_BOARD AND NOT DEFINED ENV{PICO_BOARD})
  set(PICO_BOARD ${factsOf(model.chip).picoBoard!})
endif()
include($ENV{PICO_SDK_PATH}/external/pico_sdk_import.cmake)
project(${smoke} C CXX ASM)
set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_STANDARD 17)
pico_sdk_init()
${tflm}add_subdirectory(../.. ${libraryName(model)})

add_executable(${smoke} ${main})
target_link_libraries(${smoke} ${libraryName(model)} pico_stdlib)
pico_enable_stdio_usb(${smoke} 1)
pico_add_extra_outputs(${smoke})
`;
}

function readmeOf(model: LayoutModel): string {
  const smoke = smokeName(model);
  const tflm = model.isCompiled ? '' : ' PICO_TFLMICRO_PATH=...';
  return readme(model, {
    into: commands(
      ...(model.isCompiled ? [] : ['add_subdirectory(pico-tflmicro)']),
      `add_subdirectory(${libraryName(model)})`,
      `target_link_libraries(firmware ${libraryName(model)} pico_stdlib)`,
    ),
    smoke: commands(
      `PICO_SDK_PATH=...${tflm} cmake -S examples/${smoke} -B build && cmake --build build`,
      `# copy build/${smoke}.uf2 onto the board, and open its serial port`,
    ),
  });
}
