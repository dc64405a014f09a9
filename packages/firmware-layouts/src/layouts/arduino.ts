// Arduino: a library of the format 1.5, as a folder and as the archive that the IDE adds.
import { zipSync } from 'fflate';
import { factsOf } from '../chips.js';
import { coreFiles } from '../core-files.js';
import {
  descriptionOf,
  libraryName,
  libraryVersion,
  smokeName,
  type LayoutContent,
  type LayoutFiles,
  type LayoutModel,
} from '../layout-model.js';
import { licensed } from '../licensed.js';
import { commands, readme } from '../readme.js';
import { smokeFile } from '../smoke.js';
import { arduinoEntry, tensorFlowHeader } from './arduino-entry.js';

/** Names that begin so are Arduino's own; a hyphen is in the name of no model. */
export function arduinoName(model: LayoutModel): string {
  const name = libraryName(model);
  return /^arduino/i.test(name) ? `the-${name}` : name;
}

export function arduinoLayout(model: LayoutModel): LayoutFiles {
  const smoke = smokeName(model);
  const header = `${libraryName(model)}.h`;
  const sketch = smokeFile(model, arduinoEntry(model, [`<${header}>`]));
  return new Map([
    ['library.properties', properties(model)],
    ['keywords.txt', keywords(model)],
    ...sourcesOf(model),
    [`src/${header}`, wholeHeader(model)],
    [`examples/${smoke}/${smoke}.ino`, sketch.text],
    ['README.md', readmeOf(model)],
  ]);
}

/** The archive beside the folder, by its name: the same bytes on every machine and at any time. */
export function arduinoArchive(model: LayoutModel): LayoutFiles {
  const folder = arduinoName(model);
  const members = [...licensed(arduinoLayout(model), model.license)].map(
    ([path, content]) => [`${folder}/${path}`, bytesOf(content)] as const,
  );
  // Zip has local time without a zone; the first moment that it can say, on every machine.
  const archive = zipSync(Object.fromEntries(members), { level: 6, mtime: new Date(1980, 0, 1) });
  return new Map([[`${folder}-${libraryVersion}.zip`, archive]]);
}

function bytesOf(content: LayoutContent): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return new TextEncoder().encode(typeof content === 'string' ? content : [...content].join(''));
}

/** Arduino compiles .cpp; a library has no flags of its own, so that a definition has to stand in a file. */
function sourcesOf(model: LayoutModel): LayoutFiles {
  const { name, names, isCompiled, heapAllocation } = model;
  const { files } = coreFiles(model, (file) => file.replace(/\.cc$/, '.cpp'));
  if (!isCompiled || heapAllocation === undefined) return files;
  const source = `src/${name}/${name}.c`;
  const wrapped = `/* The firmware hands the memory to work in over: it is too much for a static array. */
#define ${names.macro('CALLER_ARENA').text}
#include "${name}.inc"
`;
  const moved = [...files].map(
    ([path, content]) => [path === source ? `src/${name}/${name}.inc` : path, content] as const,
  );
  return new Map([...moved, [source, wrapped]]);
}

function wholeHeader(model: LayoutModel): string {
  const guard = model.names.macro('LIBRARY_H').text;
  const headers = [...model.files.keys()].filter((file) => file.endsWith('.h') && !file.endsWith('_selftest.h'));
  const interpreter = model.isCompiled ? '' : `#include ${tensorFlowHeader}\n`;
  return `/* ${descriptionOf(model)} */
#ifndef ${guard}
#define ${guard}

${interpreter}${headers.map((file) => `#include "${model.name}/${file}"`).join('\n')}

#endif
`;
}

function properties(model: LayoutModel): string {
  const { chip, isCompiled, profileId, sha256, tool } = model;
  const facts = factsOf(chip);
  const made = `${tool.name} ${tool.version}`;
  const lines: readonly (readonly [string, string])[] = [
    ['name', arduinoName(model)],
    ['version', libraryVersion],
    ['author', made],
    ['maintainer', made],
    ['sentence', descriptionOf(model)],
    ['paragraph', `Made for the profile ${profileId}. SHA-256 of the .tflite: ${sha256}`],
    ['category', 'Data Processing'],
    // It is at no address; this names it by its contents (RFC 6920).
    ['url', `ni:///sha-256;${base64Url(sha256)}`],
    ['architectures', isCompiled ? facts.arduino : facts.arduinoInterpreter!],
    ['includes', `${libraryName(model)}.h`],
    ...(model.license === undefined ? [] : ([['license', model.license]] as const)),
    // Spelled so where libraries are registered.
    ...(isCompiled ? [] : ([['depends', 'Chirale_TensorFLowLite']] as const)),
  ];
  return lines.map(([key, value]) => `${key}=${value}\n`).join('');
}

function base64Url(hexadecimal: string): string {
  const bytes = (hexadecimal.match(/../g) ?? []).map((digits) => parseInt(digits, 16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** Between the columns there is one tab. */
function keywords({ name, names, isCompiled }: LayoutModel): string {
  const functions = isCompiled
    ? ['input_0', 'run', 'output_0'].map((each) => names.lower(each).text)
    : [names.lower('register_ops').text];
  return `${name}_model\tKEYWORD1\n${functions.map((each) => `${each}\tKEYWORD2\n`).join('')}`;
}

function readmeOf(model: LayoutModel): string {
  const library = arduinoName(model);
  const smoke = smokeName(model);
  return readme(model, {
    into: `Add \`${library}-${libraryVersion}.zip\` (Sketch, Include Library, Add .ZIP Library), or copy this folder into \`libraries/\` of the sketchbook, and
\`#include <${libraryName(model)}.h>\`.${model.isCompiled ? '' : ' The library `Chirale_TensorFLowLite` runs the model.'}`,
    smoke: commands(
      `arduino-cli compile --library . --fqbn BOARD examples/${smoke}`,
      '# or: File, Examples; the line comes at 115200 baud',
    ),
  });
}
