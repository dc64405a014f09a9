// README.md of a library: how it comes into a project.
import { descriptionOf, libraryName, smokeName, type LayoutModel } from './layout-model.js';

export interface Usage {
  /** How the library comes into a project, as Markdown. */
  readonly into: string;
  /** Commands that build and run the example. */
  readonly smoke: string;
}

export function readme(model: LayoutModel, { into, smoke }: Usage): string {
  const { name, names, isCompiled, hasSelfTest, profileId, sha256, tool } = model;
  const run = isCompiled
    ? `Write \`${names.lower('input_0').text}()\`, call \`${names.lower('run').text}()\`, read \`${names.lower('output_0').text}()\` (\`${name}/${name}.h\`).`
    : `The array is \`${names.symbol.text}\` (\`${name}/${name}_data.h\`), its operators are registered by \`${names.lower('register_ops').text}\` (\`${name}/${name}_ops.h\`), and the arena has \`${names.macro('ARENA_BYTES').text}\` bytes (\`${name}/${name}_settings.h\`).`;
  return `# ${libraryName(model)}

${descriptionOf(model)} Made for the profile ${profileId} by ${tool.name} ${tool.version}; SHA-256 of the .tflite: ${sha256}

${into}

${run} \`${name}/${name}_io.h\` converts values. Files, macros and functions of another model have another name: several go into one
firmware.

\`${smokeName(model)}\` ${hasSelfTest ? 'runs the samples whose answers are known, and prints whether they are right' : 'runs the model once; it has no known answers'}. Build it in a
copy of this folder: what a build leaves in it would keep the output of ${tool.name} from being replaced.

${smoke}
`;
}

/** A block of commands. */
export function commands(...lines: readonly string[]): string {
  return ['```', ...lines, '```'].join('\n');
}
