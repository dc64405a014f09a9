// PlatformIO: a library, for `lib/` of a project or for a link in `lib_deps`.
import { factsOf, isEspressif } from '../chips.js';
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
import { arduinoEntry, tensorFlowHeader } from './arduino-entry.js';
import { espIdfEntry } from './esp-idf-entry.js';
import { interpreterDependencies, settings, takesPsram } from './esp-idf.js';

const arduinoTensorFlow = 'https://github.com/spaziochirale/Chirale_TensorFlowLite.git';

export function platformioLayout(model: LayoutModel): LayoutFiles {
  const { files } = coreFiles(model);
  const example = `examples/${smokeName(model)}`;
  const tensorFlow = model.isCompiled ? [] : [tensorFlowHeader];
  const entry = ofComponents(model) ? espIdfEntry(model) : arduinoEntry(model, ['<Arduino.h>', ...tensorFlow]);
  const main = smokeFile(model, entry);
  const source = `src/main.${main.ending}`;
  const manifest: readonly (readonly [string, string])[] = ofComponents(model)
    ? [
        ['src/idf_component.yml', `dependencies:\n${interpreterDependencies(model, { isPublic: false })}`],
        ['sdkconfig.defaults', settings(model)],
      ]
    : [];
  return new Map([
    ['library.json', libraryJson(model, ['platformio.ini', source, ...manifest.map(([path]) => path)])],
    ...files,
    [`${example}/platformio.ini`, project(model)],
    [`${example}/${source}`, main.text],
    ...manifest.map(([path, text]) => [`${example}/${path}`, text] as const),
    ['README.md', readmeOf(model)],
  ]);
}

/** Espressif has TensorFlow Lite Micro as a component of ESP-IDF, others have it as a library of Arduino. */
function ofComponents({ chip, isCompiled }: LayoutModel): boolean {
  return isEspressif(chip) && !isCompiled;
}

function libraryJson(model: LayoutModel, exampleFiles: readonly string[]): string {
  const { name, names, chip, isCompiled, heapAllocation, license } = model;
  const { folder } = coreFiles(model);
  const flags = [
    ...(isCompiled ? [unfused] : []),
    ...(isAssembled(model) ? [`-I ${folder}`] : []),
    ...(isCompiled && heapAllocation !== undefined ? [`-D ${names.macro('CALLER_ARENA').text}`] : []),
  ];
  const document = {
    $schema:
      'https://raw.githubusercontent.com/platformio/platformio-core/develop/platformio/assets/schema/library.json',
    name: libraryName(model),
    version: libraryVersion,
    description: descriptionOf(model),
    // One identifier of the list is all that it takes.
    ...(license === undefined || !/^(?!LicenseRef-)[A-Za-z0-9.-]+$/.test(license) ? {} : { license }),
    keywords: ['tinyml', 'inference'],
    frameworks: '*',
    platforms: [factsOf(chip).platformio!.platform],
    headers: [`${name}/${name}${isCompiled ? '.h' : '_data.h'}`],
    // An object with nothing but data in it is not to be dropped.
    build: { libArchive: false, ...(flags.length === 0 ? {} : { flags }) },
    examples: [{ name: smokeName(model), base: `examples/${smokeName(model)}`, files: exampleFiles }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function project(model: LayoutModel): string {
  const { platform, board } = factsOf(model.chip).platformio!;
  const libraries = [
    `${libraryName(model)}=symlink://../..`,
    ...(model.isCompiled || ofComponents(model) ? [] : [arduinoTensorFlow]),
  ];
  return `[env:${board}]
platform = ${platform}
board = ${board}
framework = ${ofComponents(model) ? 'espidf' : 'arduino'}
monitor_speed = 115200
${takesPsram(model) && !ofComponents(model) ? 'build_flags = -DBOARD_HAS_PSRAM\n' : ''}lib_deps =
${libraries.map((each) => `    ${each}`).join('\n')}
`;
}

function readmeOf(model: LayoutModel): string {
  const library = libraryName(model);
  return readme(model, {
    into: `Copy this folder into \`lib/\` of a project, or link it in \`platformio.ini\`:

${commands('lib_deps =', `    ${library}=symlink:///path/to/${library}`)}`,
    smoke: commands(`cd examples/${smokeName(model)}`, 'pio run -t upload -t monitor'),
  });
}
