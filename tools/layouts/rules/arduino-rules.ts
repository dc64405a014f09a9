// What Arduino's library specification, and arduino-lint by its schema, ask of a library. Each gives what is wrong.
import { textOf, type LibraryFiles } from '../library-files.js';

const required = [
  'name',
  'version',
  'author',
  'maintainer',
  'sentence',
  'paragraph',
  'category',
  'url',
  'architectures',
];
const known = new Set([...required, 'depends', 'dot_a_linkage', 'includes', 'precompiled', 'ldflags', 'license']);
const categories = new Set([
  'Display',
  'Communication',
  'Signal Input/Output',
  'Sensors',
  'Device Control',
  'Timing',
  'Data Storage',
  'Data Processing',
  'Other',
]);

export function propertiesFaults(library: LibraryFiles): readonly string[] {
  const lines = textOf(library, 'library.properties').split('\n');
  const rows = lines.slice(0, -1).map((line) => /^([^=]+)=(.*)$/.exec(line));
  const values = new Map(rows.flatMap((row) => (row === null ? [] : [[row[1]!, row[2]!] as const])));
  const value = (key: string): string => values.get(key) ?? '';
  const includes = value('includes').split(',').filter(Boolean);
  return [
    ...(lines.at(-1) === '' && !rows.includes(null) ? [] : ['not lines of key=value']),
    ...required.filter((key) => value(key) === '').map((key) => `no ${key}`),
    ...[...values.keys()].filter((key) => !known.has(key)).map((key) => `unknown ${key}`),
    ...(isLibraryName(value('name')) ? [] : ['the name']),
    ...(/^\d+\.\d+\.\d+$/.test(value('version')) ? [] : ['the version']),
    ...(/^arduino/i.test(value('maintainer')) ? ['the maintainer'] : []),
    ...(categories.has(value('category')) ? [] : ['the category']),
    ...(URL.canParse(value('url')) ? [] : ['the url']),
    ...(/^(?:\*|[a-z0-9_]+(?:,[a-z0-9_]+)*)$/.test(value('architectures')) ? [] : ['the architectures']),
    ...(value('depends') === '' || isLibraryList(value('depends')) ? [] : ['depends']),
    ...includes.filter((file) => !library.files.has(`src/${file}`)).map((file) => `includes ${file}`),
  ];
}

/** Letters, digits, spaces, `_`, `.` and `-`; not Arduino's own. */
function isLibraryName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 _.-]{0,62}$/.test(name) && /[A-Za-z]/.test(name) && !/^arduino/i.test(name);
}

function isLibraryList(list: string): boolean {
  return list.split(', ').every((each) => /^[A-Za-z0-9][A-Za-z0-9 _.-]*$/.test(each));
}

/** The folders: a library of the format 1.5 has `src`, one header is its outermost, and a sketch is in a folder of its name. */
export function folderFaults({ folder, files }: LibraryFiles): readonly string[] {
  const paths = [...files.keys()];
  const outermost = paths.filter((path) => /^src\/[^/]*\.h$/.test(path));
  const sketches = paths.filter((path) => path.endsWith('.ino'));
  return [
    ...(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/.test(folder) && !/^arduino/i.test(folder) ? [] : ['the folder']),
    ...(outermost.length === 1 ? [] : ['outermost headers']),
    ...(sketches.length === 1 ? [] : ['sketches']),
    ...sketches.filter((path) => !/^examples\/([^/]+)\/\1\.ino$/.test(path)),
    ...paths.filter((path) => /\.(?:cc|cxx)$/.test(path)),
  ];
}

/** Columns behind one tab each. */
export function keywordFaults(library: LibraryFiles): readonly string[] {
  const lines = textOf(library, 'keywords.txt').split('\n').slice(0, -1);
  return lines.filter((line) => !/^[A-Za-z_][A-Za-z0-9_]*\t(?:KEYWORD[123]|LITERAL[12])$/.test(line));
}
