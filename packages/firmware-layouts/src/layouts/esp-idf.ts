// ESP-IDF: a component, for `components/` of a project or for a path in its manifest.
import { espressifTarget } from '../chips.js';
import { coreFiles, isAssembled } from '../core-files.js';
import {
  descriptionOf,
  libraryName,
  libraryVersion,
  smokeName,
  type LayoutFiles,
  type LayoutModel,
  unfused,
} from '../layout-model.js';
import { commands, readme } from '../readme.js';
import { smokeFile } from '../smoke.js';
import { espIdfEntry } from './esp-idf-entry.js';

export function espIdfLayout(model: LayoutModel): LayoutFiles {
  const { files } = coreFiles(model);
  const example = `examples/${smokeName(model)}`;
  const main = smokeFile(model, espIdfEntry(model));
  return new Map([
    ['idf_component.yml', manifest(model)],
    ['CMakeLists.txt', libraryBuild(model)],
    ...files,
    [`${example}/CMakeLists.txt`, exampleBuild(model)],
    [`${example}/sdkconfig.defaults`, settings(model)],
    [`${example}/main/CMakeLists.txt`, `idf_component_register(SRCS "main.${main.ending}")\n`],
    [
      `${example}/main/idf_component.yml`,
      `dependencies:\n  ${libraryName(model)}:\n    # From this folder to that of the component.\n    path: ../../..\n`,
    ],
    [`${example}/main/main.${main.ending}`, main.text],
    ['README.md', readmeOf(model)],
  ]);
}

function manifest(model: LayoutModel): string {
  return `version: "${libraryVersion}"
description: ${JSON.stringify(descriptionOf(model))}
${model.license === undefined ? '' : `license: ${JSON.stringify(model.license)}\n`}targets:
  - ${espressifTarget(model.chip)}
${model.isCompiled ? '' : `dependencies:\n${interpreterDependencies(model, { isPublic: true })}`}`;
}

/** Entries of \`dependencies\`; public where headers of the component include those of TensorFlow Lite Micro. */
export function interpreterDependencies(
  { runtime: { from, before, needs } }: LayoutModel,
  { isPublic }: { readonly isPublic: boolean },
): string {
  const versions = componentVersions({ from, before });
  return `  idf: ">=5.1"
  espressif/esp-tflite-micro:
    version: "${versions}"
${isPublic ? '    public: true\n' : ''}${needs.map((each) => `  ${each.component}: ">=${each.from}"\n`).join('')}`;
}

/** Of esp-tflite-micro, as its manager reads them. */
export function componentVersions({
  from,
  before,
}: {
  readonly from: string;
  readonly before?: string | undefined;
}): string {
  return before === undefined ? `>=${from}` : `>=${from},<${before}`;
}

function libraryBuild(model: LayoutModel): string {
  const { sources, includeRoot, folder } = coreFiles(model);
  const assembled = isAssembled(model) ? ` PRIV_INCLUDE_DIRS "${folder}"` : '';
  const heap = model.isCompiled && model.heapAllocation !== undefined;
  return `# The model ${model.name} as a component: REQUIRES ${libraryName(model)}.
idf_component_register(SRCS ${sources.map((path) => `"${path}"`).join(' ')} INCLUDE_DIRS "${includeRoot}"${assembled})
${model.isCompiled ? `target_compile_options(\${COMPONENT_LIB} PRIVATE ${unfused})\n` : ''}${heap ? `# The firmware hands the memory to work in over: it is too much for a static array.\ntarget_compile_definitions(\${COMPONENT_LIB} PRIVATE ${model.names.macro('CALLER_ARENA').text})\n` : ''}`;
}

function exampleBuild(model: LayoutModel): string {
  return `cmake_minimum_required(VERSION 3.16)
include($ENV{IDF_PATH}/tools/cmake/project.cmake)
project(${smokeName(model)})
`;
}

/** Off until a project switches it on. */
export function takesPsram({ heapAllocation }: LayoutModel): boolean {
  return heapAllocation?.includes('SPIRAM') === true;
}

/** The large partition is what two megabytes of flash have room for. */
export function settings(model: LayoutModel): string {
  const psram = takesPsram(model) ? 'CONFIG_SPIRAM=y\n' : '';
  return `CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE=y
CONFIG_ESP_MAIN_TASK_STACK_SIZE=8192
CONFIG_COMPILER_OPTIMIZATION_PERF=y
${psram}`;
}

function readmeOf(model: LayoutModel): string {
  const library = libraryName(model);
  return readme(model, {
    into: `Copy this folder into \`components/\` of a project, or name it in \`main/idf_component.yml\`:

${commands('dependencies:', `  ${library}:`, `    path: ../../${library}`)}`,
    smoke: commands(
      `cd examples/${smokeName(model)}`,
      `idf.py set-target ${espressifTarget(model.chip)} build flash monitor`,
    ),
  });
}
