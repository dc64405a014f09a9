// A user's project of apps/examples, put into a layout by the built command.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LayoutName } from '@wherry/firmware-layouts';
import { libraryOf, type LibraryFiles } from './library-files.js';

/** The folder of each, with the model of its project, and where the known answers come from once that is quantized. */
const projects = {
  sine: { model: 'sine', samples: ['sines.csv?label=sine'] },
  digits: { model: 'digits', samples: ['digits-test.npz'] },
  gestures: {
    model: 'gestures',
    samples: ['moments-test.csv?window=64&stride=64&label=gesture', '--preprocess', 'divideBy=1000'],
  },
  'machine-sounds': {
    model: 'machine_sounds',
    samples: [
      'inspected-motors?labelColumn=faulty&window=128&stride=128',
      '--preprocess',
      'divideBy=8192',
      '--samples',
      '60',
    ],
  },
} as const;
export type ExampleName = keyof typeof projects;
export const exampleNames = Object.keys(projects) as ExampleName[];

const root = fileURLToPath(new URL('../..', import.meta.url));

export function exampleFolder(example: ExampleName): string {
  return join(root, 'apps/examples', example);
}

export interface Wanted {
  readonly example: ExampleName;
  /** Of the model's file, and what it is to be called in C. */
  readonly fileName: string;
  readonly name: string;
  readonly profile: string;
  readonly layout: LayoutName;
  readonly isCompiled: boolean;
  /** Where the command runs; the machine's, when left out. */
  readonly timeZone?: string;
}

export interface Examples {
  /** Throws with the words of the command. */
  deployed(wanted: Wanted): LibraryFiles;
  remove(): void;
}

/** Each is quantized once, when it is first asked for; then its file goes through as it is, into any number of layouts. */
export function quantizedExamples(): Examples {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-examples-'));
  const made = new Map<ExampleName, string>();
  const quantized = (example: ExampleName): string => {
    const file = made.get(example) ?? quantize(example, join(folder, example));
    made.set(example, file);
    return file;
  };
  return {
    deployed: ({ example, fileName, name, profile, layout, isCompiled, timeZone }) => {
      const model = `${fileName}.tflite`;
      const out = join(folder, 'out');
      const [samples, ...more] = projects[example].samples;
      copyFileSync(quantized(example), join(folder, model));
      const words = ['--layout', layout, '--name', name, ...(isCompiled ? ['--runtime', 'compiled-c'] : [])];
      try {
        const data = ['--evaluation', join(exampleFolder(example), samples), ...more];
        deploy(folder, [model, '--profile', profile, '--out', 'out', ...data, ...words], timeZone);
        return libraryOf(readFiles(out), layout);
      } finally {
        rmSync(out, { recursive: true, force: true });
        rmSync(join(folder, model));
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** As the project says: its model, its data. The oldest of the runtimes: the others take what it does. */
function quantize(example: ExampleName, out: string): string {
  deploy(exampleFolder(example), [projects[example].model, '--profile', 'rp2040', '--out', out]);
  const file = readdirSync(out).find((each) => each.endsWith('.tflite'))!;
  return join(out, file);
}

/** Throws with the words of the command. */
export function deploy(folder: string, words: readonly string[], timeZone?: string): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'apps/cli/bin/deploy.mjs'), ...words, '-q'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...(timeZone === undefined ? {} : { TZ: timeZone }) },
  });
  if (status !== 0) throw new Error(stderr);
}

/** By path in the folder, in the order of paths. */
function readFiles(folder: string): ReadonlyMap<string, string | Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return new Map(
    paths.map((path) => {
      const bytes = readFileSync(join(folder, path));
      return [path, /\.(?:zip|tflite)$/.test(path) ? bytes : bytes.toString()] as const;
    }),
  );
}
