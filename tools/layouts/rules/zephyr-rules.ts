// What Zephyr asks of a module, of Kconfig, of prj.conf and, in twister, of a sample. Each gives what is wrong.
import { parse } from 'yaml';
import { textOf, type LibraryFiles } from '../library-files.js';

type Values = Readonly<Record<string, unknown>>;

const ofModule = new Set(['name', 'build', 'tests', 'samples', 'boards', 'blobs']);
const ofBuild = new Set(['cmake', 'kconfig', 'cmake-ext', 'kconfig-ext', 'depends', 'settings']);
const ofSample = new Set(['name', 'description']);
const ofTest = new Set([
  'tags',
  'harness',
  'harness_config',
  'modules',
  'platform_allow',
  'integration_platforms',
  'min_ram',
  'timeout',
]);
const ofHarness = new Set(['type', 'ordered', 'regex', 'repeat', 'fixture']);

export function moduleFaults(library: LibraryFiles): readonly string[] {
  const module = parse(textOf(library, 'zephyr/module.yml')) as {
    name?: unknown;
    build?: Values;
    samples?: readonly string[];
  };
  const { name, build = {}, samples = [] } = module;
  const paths = [...library.files.keys()];
  return [
    ...unknown(module, ofModule),
    ...unknown(build, ofBuild),
    ...(typeof name === 'string' && /^[A-Za-z0-9_-]+$/.test(name) ? [] : ['the name']),
    ...(library.files.has(`${String(build['cmake'])}/CMakeLists.txt`) ? [] : ['build files where cmake says']),
    ...(library.files.has(String(build['kconfig'])) ? [] : ['options where kconfig says']),
    ...samples.filter(
      (folder) => !paths.some((path) => path.startsWith(`${folder}/`) && path.endsWith('/sample.yaml')),
    ),
  ];
}

/** One option: lines of it begin with a tab. */
export function kconfigFaults(text: string): readonly string[] {
  const [head = '', ...lines] = text.split('\n').slice(0, -1);
  return [
    ...(/^config [A-Z0-9_]+$/.test(head) ? [] : [head]),
    ...lines.filter((line) => !/^\t(?:bool "[^"]+"|depends on [A-Z0-9_]+(?: && [A-Z0-9_]+)*)$/.test(line)),
  ];
}

export function configurationFaults(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => !/^CONFIG_[A-Z0-9_]+=(?:y|n|\d+|"[^"]*")$/.test(line));
}

/** `printed`: a line that the sample prints. */
export function sampleFaults(text: string, printed: string): readonly string[] {
  const { sample = {}, tests = {}, ...others } = parse(text) as Readonly<Record<string, Values>>;
  const each = Object.entries(tests) as [string, Values][];
  return [
    ...Object.keys(others),
    ...unknown(sample, ofSample),
    ...(typeof sample['name'] === 'string' ? [] : ['the name']),
    // Of several words with points between.
    ...each.map(([name]) => name).filter((name) => !/^[a-zA-Z0-9_]+(?:\.[a-zA-Z0-9_]+)+$/.test(name)),
    ...(each.length > 0 ? [] : ['no test']),
    ...each.flatMap(([, test]) => {
      const harness = (test['harness_config'] ?? {}) as { regex?: readonly string[] };
      return [
        ...unknown(test, ofTest),
        ...unknown(harness, ofHarness),
        ...(typeof test['tags'] === 'string' ? [] : ['the tags']),
        ...(harness.regex?.every((pattern) => new RegExp(pattern).test(printed)) === true ? [] : ['the regex']),
      ];
    }),
  ];
}

function unknown(values: object, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(values).flatMap((key) => (known.has(key) ? [] : [`unknown ${key}`]));
}
