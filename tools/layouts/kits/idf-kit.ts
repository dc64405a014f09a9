// A stand-in for ESP-IDF and its component manager: the commands that components and projects use, built on the host.
import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { parse } from 'yaml';
import { buildWithCmake } from '../cmake-build.js';
import { textOf } from '../library-files.js';
import { inFolder, tfliteMicro } from '../tflite-micro.js';
import { espressifHeap } from './espressif-heap.js';
import type { Kit } from './kit.js';

/** COMPONENTS: folders that the manifest of `main` names. */
const projectCommands = `set(idf_build_target "")
function(idf_component_register)
  cmake_parse_arguments(given "" "" "SRCS;INCLUDE_DIRS;PRIV_INCLUDE_DIRS;REQUIRES;PRIV_REQUIRES" \${ARGN})
  if(given_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "idf_component_register does not know \${given_UNPARSED_ARGUMENTS}")
  endif()
  get_filename_component(name \${CMAKE_CURRENT_LIST_DIR} NAME)
  set(target __idf_\${name})
  add_library(\${target} STATIC \${given_SRCS})
  target_include_directories(\${target} PUBLIC \${given_INCLUDE_DIRS} PRIVATE \${given_PRIV_INCLUDE_DIRS} \${TFLM} $ENV{IDF_PATH}/include)
  set(COMPONENT_LIB \${target} PARENT_SCOPE)
endfunction()
macro(project name)
  _project(\${name} C CXX ASM)
  set(components "")
  foreach(folder \${COMPONENTS})
    get_filename_component(component \${folder} NAME)
    add_subdirectory(\${folder} \${component})
    list(APPEND components __idf_\${component})
  endforeach()
  add_subdirectory(main)
  target_include_directories(__idf_main PRIVATE \${CMAKE_CURRENT_LIST_DIR})
  target_link_libraries(__idf_main PUBLIC \${components})
  add_executable(\${name}.elf $ENV{IDF_PATH}/start.c)
  target_link_libraries(\${name}.elf PRIVATE __idf_main)
endmacro()
`;

const start = 'void app_main(void);\nint main(void) {\n  app_main();\n  return 0;\n}\n';

interface Manifest {
  readonly dependencies: Readonly<Record<string, { readonly path?: string } | string>>;
}

export const idfKit: Kit = {
  profile: 'esp32-s3',
  needs: 'cmake, ninja and g++',
  build: (folder, library, { name, isCompiled }) => {
    const example = `examples/${name}_smoke`;
    const manifest = parse(textOf(library, `${example}/main/idf_component.yml`)) as Manifest;
    const components = Object.entries(manifest.dependencies).map(([component, source]) => {
      const path = typeof source === 'string' ? undefined : source.path;
      if (path === undefined) throw new Error(`${component} has no path`);
      const at = posix.join(library.folder, example, 'main', path);
      if (posix.basename(at) !== component) throw new Error(`${component} is not in a folder of its name: ${at}`);
      return `${folder.path}/${at}`;
    });
    folder.write(
      inFolder(
        'idf',
        new Map([
          ['tools/cmake/project.cmake', projectCommands],
          ['start.c', start],
          ['include/esp_heap_caps.h', espressifHeap],
        ]),
      ),
    );
    if (!isCompiled) folder.write(inFolder('tflm', tfliteMicro(library, name)));
    buildWithCmake(folder, {
      source: `${library.folder}/${example}`,
      into: 'build',
      definitions: { COMPONENTS: components.join(';'), TFLM: `${folder.path}/tflm` },
      environment: { IDF_PATH: `${folder.path}/idf` },
    });
    return spawnSync(`${folder.path}/build/${name}_smoke.elf`, { encoding: 'utf8' }).stdout;
  },
};
