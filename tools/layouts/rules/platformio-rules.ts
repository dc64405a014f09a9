// What PlatformIO asks of library.json and of a project. Each gives what is wrong.
import { textOf, type LibraryFiles } from '../library-files.js';

const word = /^(?:[a-z\d\-_]+|\*)$/;
const known = new Set([
  '$schema',
  'name',
  'version',
  'description',
  'keywords',
  'homepage',
  'repository',
  'authors',
  'license',
  'frameworks',
  'platforms',
  'headers',
  'dependencies',
  'examples',
  'export',
  'build',
]);
const ofBuild = new Set([
  'flags',
  'unflags',
  'srcDir',
  'includeDir',
  'srcFilter',
  'extraScript',
  'libArchive',
  'libLDFMode',
]);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly frameworks: string | readonly string[];
  readonly platforms: string | readonly string[];
  readonly headers: readonly string[];
  readonly build: Readonly<Record<string, unknown>>;
  readonly examples: readonly { readonly name: string; readonly base: string; readonly files: readonly string[] }[];
}

export function libraryJsonFaults(library: LibraryFiles): readonly string[] {
  const manifest = JSON.parse(textOf(library, 'library.json')) as Manifest;
  const { name, version, description, keywords, frameworks, platforms, headers, build, examples } = manifest;
  const missing = examples.flatMap(({ base, files }) => files.filter((file) => !library.files.has(`${base}/${file}`)));
  return [
    ...Object.keys(manifest).flatMap((key) => (known.has(key) ? [] : [`unknown ${key}`])),
    ...Object.keys(build).flatMap((key) => (ofBuild.has(key) ? [] : [`unknown ${key} of build`])),
    ...(/^[^:;/,@<>]{1,100}$/.test(name) ? [] : ['the name']),
    ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : ['the version']),
    ...(description.length > 0 && description.length <= 1000 ? [] : ['the description']),
    ...keywords.filter((each) => !/^[a-z\d\-+. ]{1,50}$/.test(each)),
    ...[frameworks, platforms].flat().filter((each) => each.length > 50 || !word.test(each)),
    ...headers.filter((header) => !library.files.has(`src/${header}`)),
    ...examples.map((each) => each.name).filter((each) => !/^[A-Za-z\d\-_/]{1,100}$/.test(each)),
    ...missing.map((file) => `no ${file} in an example`),
  ];
}

/** Sections, keys and lists that go on in lines that begin with a space. */
export function projectFaults(text: string): readonly string[] {
  const lines = text.split('\n').slice(0, -1);
  const faults = lines.filter(
    (line) => !/^(?:\[(?:env(?::[a-z0-9_-]+)?|platformio)\]|[a-z_]+ =(?: \S.*)?|\s+\S.*)$/.test(line),
  );
  const keys = ['platform', 'board', 'framework', 'lib_deps'].filter(
    (key) => !lines.some((line) => line.startsWith(`${key} =`)),
  );
  return [...faults, ...keys.map((key) => `no ${key}`)];
}
