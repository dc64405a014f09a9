// A stand-in for Zephyr: its package for CMake with the commands that modules and applications use, built on the host.
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { buildWithCmake } from '../cmake-build.js';
import { textOf } from '../library-files.js';
import { inFolder, tfliteMicro } from '../tflite-micro.js';
import type { Kit } from './kit.js';

/** Options come from prj.conf; OPTIONS are those that Zephyr has itself, and any other must be in the Kconfig of a module. */
const config = `enable_language(C CXX ASM)
add_library(zephyr_interface INTERFACE)
target_include_directories(zephyr_interface INTERFACE \${CMAKE_CURRENT_LIST_DIR}/include \${TFLM})
add_library(app OBJECT)
target_link_libraries(app PUBLIC zephyr_interface)
add_executable(zephyr_final $<TARGET_OBJECTS:app>)
function(zephyr_include_directories)
  target_include_directories(zephyr_interface INTERFACE \${ARGN})
endfunction()
macro(zephyr_library_named name)
  set(ZEPHYR_CURRENT_LIBRARY \${name})
  add_library(\${name} STATIC)
  target_link_libraries(\${name} PUBLIC zephyr_interface)
  target_link_libraries(zephyr_final PRIVATE \${name})
endmacro()
function(zephyr_library_sources)
  target_sources(\${ZEPHYR_CURRENT_LIBRARY} PRIVATE \${ARGN})
endfunction()
function(zephyr_library_include_directories)
  target_include_directories(\${ZEPHYR_CURRENT_LIBRARY} PRIVATE \${ARGN})
endfunction()
function(zephyr_library_compile_definitions)
  target_compile_definitions(\${ZEPHYR_CURRENT_LIBRARY} PRIVATE \${ARGN})
endfunction()
function(zephyr_library_compile_options)
  target_compile_options(\${ZEPHYR_CURRENT_LIBRARY} PRIVATE \${ARGN})
endfunction()
set(options CPP STD_CPP17 REQUIRES_FULL_LIBCPP TENSORFLOW_LITE_MICRO MAIN_STACK_SIZE)
foreach(module \${EXTRA_ZEPHYR_MODULES})
  file(STRINGS \${module}/zephyr/Kconfig lines REGEX "^config ")
  foreach(line \${lines})
    string(REGEX REPLACE "^config " "" option "\${line}")
    list(APPEND options \${option})
  endforeach()
endforeach()
file(STRINGS \${CMAKE_CURRENT_SOURCE_DIR}/prj.conf lines REGEX "^CONFIG_")
foreach(line \${lines})
  string(REGEX MATCH "^CONFIG_([A-Z0-9_]+)=(.*)$" whole "\${line}")
  if(NOT CMAKE_MATCH_1 IN_LIST options)
    message(FATAL_ERROR "there is no option \${CMAKE_MATCH_1}")
  endif()
  set(CONFIG_\${CMAKE_MATCH_1} \${CMAKE_MATCH_2})
endforeach()
foreach(module \${EXTRA_ZEPHYR_MODULES})
  get_filename_component(module_name \${module} REALPATH)
  get_filename_component(module_name \${module_name} NAME)
  add_subdirectory(\${module}/\${MODULE_CMAKE} modules/\${module_name})
endforeach()
`;

const printk = `#pragma once
#include <stdio.h>
#define printk(...) printf(__VA_ARGS__)
`;

interface Module {
  readonly name: string;
  readonly build: { readonly cmake: string; readonly kconfig: string };
}

export const zephyrKit: Kit = {
  profile: 'nrf5340',
  needs: 'cmake, ninja and g++',
  build: (folder, library, { name, isCompiled }) => {
    const { build } = parse(textOf(library, 'zephyr/module.yml')) as Module;
    textOf(library, build.kconfig);
    folder.write(
      inFolder(
        'zephyr',
        new Map([
          ['ZephyrConfig.cmake', config],
          ['include/zephyr/sys/printk.h', printk],
        ]),
      ),
    );
    if (!isCompiled) folder.write(inFolder('tflm', tfliteMicro(library, name)));
    buildWithCmake(folder, {
      source: `${library.folder}/samples/${name}_smoke`,
      into: 'build',
      definitions: { Zephyr_DIR: `${folder.path}/zephyr`, MODULE_CMAKE: build.cmake, TFLM: `${folder.path}/tflm` },
    });
    return spawnSync(`${folder.path}/build/zephyr_final`, { encoding: 'utf8' }).stdout;
  },
};
