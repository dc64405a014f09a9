// Zephyr: a module, for a manifest of west or for EXTRA_ZEPHYR_MODULES, with a sample that twister runs.
import { coreFiles, isAssembled } from '../core-files.js';
import { descriptionOf, libraryName, smokeName, unfused, type LayoutFiles, type LayoutModel } from '../layout-model.js';
import { commands, readme } from '../readme.js';
import { rightWords, smokeFile } from '../smoke.js';

export function zephyrLayout(model: LayoutModel): LayoutFiles {
  const { files } = coreFiles(model);
  const sample = `samples/${smokeName(model)}`;
  const main = smokeFile(model, {
    includes: ['<zephyr/sys/printk.h>'],
    code: `int main(void) {
  const int result = smoke();
  printk("${model.name}: %s (%d)\\n", words(result), result);
  return 0;
}`,
  });
  return new Map([
    ['zephyr/module.yml', moduleOf(model)],
    ['zephyr/CMakeLists.txt', libraryBuild(model)],
    ['zephyr/Kconfig', kconfig(model)],
    ...files,
    [`${sample}/CMakeLists.txt`, sampleBuild(model, `main.${main.ending}`)],
    [`${sample}/prj.conf`, settings(model)],
    [`${sample}/sample.yaml`, sampleOf(model)],
    [`${sample}/src/main.${main.ending}`, main.text],
    ['README.md', readmeOf(model)],
  ]);
}

function moduleOf(model: LayoutModel): string {
  return `name: ${libraryName(model)}
build:
  cmake: zephyr
  kconfig: zephyr/Kconfig
samples:
  - samples
`;
}

function option(model: LayoutModel): string {
  return libraryName(model).toUpperCase();
}

function libraryBuild(model: LayoutModel): string {
  const { sources, includeRoot, folder } = coreFiles(model);
  const inside = (path: string): string => `\${CMAKE_CURRENT_LIST_DIR}/../${path}`;
  return `if(CONFIG_${option(model)})
  zephyr_include_directories(${inside(includeRoot)})
  zephyr_library_named(${libraryName(model)})
  zephyr_library_sources(${sources.map(inside).join(' ')})
${model.isCompiled ? `  zephyr_library_compile_options(${unfused})\n` : ''}${isAssembled(model) ? `  zephyr_library_include_directories(${inside(folder)})\n` : ''}${model.isCompiled && model.heapAllocation !== undefined ? `  zephyr_library_compile_definitions(${model.names.macro('CALLER_ARENA').text})\n` : ''}endif()
`;
}

function kconfig(model: LayoutModel): string {
  return `config ${option(model)}
	bool "${descriptionOf(model).replace(/\.$/, '')}"
${model.isCompiled ? '' : '\tdepends on CPP && TENSORFLOW_LITE_MICRO\n'}`;
}

function sampleBuild(model: LayoutModel, main: string): string {
  return `cmake_minimum_required(VERSION 3.20.0)
list(APPEND EXTRA_ZEPHYR_MODULES \${CMAKE_CURRENT_LIST_DIR}/../..)
find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})
project(${smokeName(model)})
target_sources(app PRIVATE src/${main})
`;
}

function settings(model: LayoutModel): string {
  const interpreter = [
    'CONFIG_CPP=y',
    'CONFIG_STD_CPP17=y',
    'CONFIG_REQUIRES_FULL_LIBCPP=y',
    'CONFIG_TENSORFLOW_LITE_MICRO=y',
  ];
  return `${[...(model.isCompiled ? [] : interpreter), `CONFIG_${option(model)}=y`, 'CONFIG_MAIN_STACK_SIZE=4096'].join('\n')}\n`;
}

function sampleOf(model: LayoutModel): string {
  return `sample:
  name: ${smokeName(model)}
  description: ${JSON.stringify(descriptionOf(model))}
tests:
  sample.${smokeName(model)}:
    tags: tinyml
    harness: console
    harness_config:
      type: one_line
      regex:
        - "${model.name}: ${rightWords(model)}"
${model.isCompiled ? '' : '    modules:\n      - tflite-micro\n'}`;
}

function readmeOf(model: LayoutModel): string {
  const library = libraryName(model);
  const optional = model.isCompiled
    ? ''
    : `\n\nTensorFlow Lite Micro is in an optional group of Zephyr's manifest:\n\n${commands('west config manifest.group-filter -- +optional && west update')}`;
  return readme(model, {
    into: `Name this folder to the build, or make it a project of \`west.yml\`, and switch it on with \`CONFIG_${option(model)}=y\`:

${commands(`west build -b BOARD app -- -DEXTRA_ZEPHYR_MODULES=/path/to/${library}`)}${optional}`,
    smoke: commands(`west build -b BOARD samples/${smokeName(model)}`),
  });
}
