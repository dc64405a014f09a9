// Plain CMake: a static library for add_subdirectory() and FetchContent.
import { coreFiles, isAssembled } from '../core-files.js';
import { libraryName, smokeName, unfused, type LayoutFiles, type LayoutModel } from '../layout-model.js';
import { commands, readme } from '../readme.js';
import { smokeFile } from '../smoke.js';

export function cmakeLayout(model: LayoutModel): LayoutFiles {
  const { files } = coreFiles(model);
  const example = `examples/${smokeName(model)}`;
  const main = smokeFile(model, {
    includes: ['<stdio.h>'],
    code: `int main(void) {
  const int result = smoke();
  printf("${model.name}: %s (%d)\\n", words(result), result);
  return result == 0 ? 0 : 1;
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
  // No more than it takes: a project may have one of them alone.
  const languages = model.isCompiled ? 'C' : isAssembled(model) ? 'C CXX ASM' : 'CXX';
  const heap = model.isCompiled && model.heapAllocation !== undefined;
  return `# The model ${model.name} as a library: add_subdirectory() this folder and link ${model.name}::model.
cmake_minimum_required(VERSION 3.16)
project(${library} LANGUAGES ${languages})

add_library(${library} STATIC ${sources.join(' ')})
add_library(${model.name}::model ALIAS ${library})
target_include_directories(${library} PUBLIC \${CMAKE_CURRENT_LIST_DIR}/${includeRoot})
target_compile_features(${library} PRIVATE ${model.isCompiled ? 'c_std_99' : 'cxx_std_11'})
${model.isCompiled ? unfusedBuild(library) : ''}${isAssembled(model) ? `# Where the assembler finds the model.\ntarget_include_directories(${library} PRIVATE \${CMAKE_CURRENT_LIST_DIR}/${folder})\n` : ''}${heap ? `# The firmware hands the memory to work in over: it is too much for a static array.\ntarget_compile_definitions(${library} PRIVATE ${model.names.macro('CALLER_ARENA').text})\n` : ''}${model.callsMath ? `if(NOT WIN32)\n  target_link_libraries(${library} PUBLIC m)\nendif()\n` : ''}`;
}

/** Other compilers do not know the option. */
function unfusedBuild(library: string): string {
  const compilers = ['GNU', 'Clang', 'AppleClang', 'ARMClang'].map((id) => `$<C_COMPILER_ID:${id}>`).join(',');
  return `target_compile_options(${library} PRIVATE $<$<OR:${compilers}>:${unfused}>)\n`;
}

function exampleBuild(model: LayoutModel, main: string): string {
  const smoke = smokeName(model);
  return `cmake_minimum_required(VERSION 3.16)
project(${smoke} LANGUAGES ${model.isCompiled ? 'C' : 'C CXX'})

add_subdirectory(../.. ${libraryName(model)})
add_executable(${smoke} ${main})
target_link_libraries(${smoke} PRIVATE ${model.name}::model)
${model.isCompiled ? '' : interpreter(smoke)}
enable_testing()
add_test(NAME ${smoke} COMMAND ${smoke})
`;
}

/** TensorFlow Lite Micro has no CMake files of its own, so that nothing is known of where it is. */
function interpreter(smoke: string): string {
  return `
set(TFLITE_MICRO "" CACHE STRING "target or library file of TensorFlow Lite Micro")
set(TFLITE_MICRO_INCLUDE_DIRS "" CACHE STRING "folders of its headers, where a target does not name them")
set(TFLITE_MICRO_DEFINITIONS "TF_LITE_STATIC_MEMORY" CACHE STRING "what it was compiled with")
if(TFLITE_MICRO STREQUAL "")
  message(FATAL_ERROR "give -DTFLITE_MICRO=libtensorflow-microlite.a -DTFLITE_MICRO_INCLUDE_DIRS=...")
endif()
target_include_directories(${smoke} PRIVATE \${TFLITE_MICRO_INCLUDE_DIRS})
target_compile_definitions(${smoke} PRIVATE \${TFLITE_MICRO_DEFINITIONS})
target_link_libraries(${smoke} PRIVATE \${TFLITE_MICRO})
`;
}

function readmeOf(model: LayoutModel): string {
  const smoke = smokeName(model);
  const tflm = model.isCompiled ? '' : ' -DTFLITE_MICRO=... -DTFLITE_MICRO_INCLUDE_DIRS=...';
  return readme(model, {
    into: commands(
      `add_subdirectory(${libraryName(model)})`,
      `target_link_libraries(firmware PRIVATE ${model.name}::model)`,
    ),
    smoke: commands(
      `cmake -S examples/${smoke} -B build${tflm} && cmake --build build && ctest --test-dir build --verbose`,
    ),
  });
}
