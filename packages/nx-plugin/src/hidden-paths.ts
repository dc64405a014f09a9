// Which paths Nx does not see: it hashes no file that is ignored, lies outside of the workspace or stands behind a link.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { liesOutside, otherPlaces } from './workspace-paths.js';

/** Read by Nx in every folder from that of the path upwards, beyond the workspace too, and by git in none. */
const ignoreFiles = ['.nxignore', '.ignore'] as const;

/**
 * Why a change of a path would not be noticed, by path; those that Nx sees are left out. `paths` are relative to `root`, with
 * `/`; of a folder all that is below counts.
 */
export function hiddenPaths(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const ofOnePath = new Map(paths.map((path) => [path, reasonOf(root, path)]));
  const rest = paths.filter((path) => ofOnePath.get(path) === undefined);
  const ignored = ignoredBelow(root, rest);
  const ofRules = (path: string): string | undefined =>
    ignored === undefined
      ? 'git does not say what it ignores'
      : ignored.some((each) => concerns(each, path))
        ? 'it is ignored, or a file in it'
        : undefined;
  return new Map(
    paths.flatMap((path) => {
      const reason = ofOnePath.get(path) ?? ofRules(path);
      return reason === undefined ? [] : [[path, reason] as const];
    }),
  );
}

/** What is told without git. */
function reasonOf(root: string, path: string): string | undefined {
  if (liesOutside(path)) return 'it lies outside of the workspace';
  if (path.includes('\\')) return 'its name has a backslash';
  if (otherPlaces(root, path).length > 0) return 'a symbolic link leads to it, or from it, or it is spelled otherwise';
  const above = ignoreFileIn(foldersFrom(dirname(root)));
  if (above !== undefined) return `there is a file ${above} above the workspace`;
  if (holdsRepository(root, path)) return 'another git repository holds it, or a part of it';
  const full = join(root, path);
  const own = existsSync(full) ? undefined : ignoreFileIn([root, ...foldersFrom(dirname(full), root)]);
  return own === undefined ? undefined : `it is not there yet, and a file ${own} may name it`;
}

function ignoreFileIn(folders: readonly string[]): string | undefined {
  return ignoreFiles.find((name) => folders.some((folder) => existsSync(join(folder, name))));
}

/** The folder and those above it, below `end` alone. */
function foldersFrom(folder: string, end?: string): readonly string[] {
  if (folder === end) return [];
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above, end)];
}

/** Git lists nothing of what another one has. */
function holdsRepository(root: string, path: string): boolean {
  const full = join(root, path);
  if (path !== '.' && foldersFrom(full, root).some((folder) => existsSync(join(folder, '.git')))) return true;
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  return readdirSync(full, { recursive: true, encoding: 'utf8' }).some((each) => /[\\/]\.git$/.test(each));
}

/**
 * What the rules of ignoring name. Nx weighs the files that hold them against each other in an order of its own; each kind
 * is asked for alone here, so that what any of them names counts. Nx follows them even where git has the file.
 */
const rules: readonly (readonly string[])[] = [
  ['--exclude-standard'],
  ...ignoreFiles.map((name) => [`--exclude-per-directory=${name}`]),
  ['node_modules', '.git', '.nx/cache', '.nx/workspace-data', '.yarn/cache'].map((each) => `--exclude=**/${each}`),
];

/** Folders end with `/`. Undefined where git has no answer. */
function ignoredBelow(root: string, paths: readonly string[]): readonly string[] | undefined {
  if (paths.length === 0) return [];
  const listed = rules.map((which) =>
    git(root, [
      ...['--literal-pathspecs', 'ls-files', '--cached', '--others', '--ignored', ...which],
      ...['--directory', '-z', '--', ...paths],
    ]),
  );
  // What is not there is listed nowhere, and may come.
  const asked = paths.map((path) => `./${path}`).join('\0');
  const toCome = git(root, ['check-ignore', '--no-index', '-z', '--stdin'], asked);
  const all = [...listed, toCome?.map((path) => path.slice('./'.length))];
  return all.every((each) => each !== undefined) ? all.flat() : undefined;
}

/** What it names. */
function git(root: string, words: readonly string[], input = ''): readonly string[] | undefined {
  const { status, stdout } = spawnSync('git', words, { cwd: root, encoding: 'utf8', input, maxBuffer: 1 << 28 });
  // With 1 it names none.
  return status === 0 || status === 1 ? stdout.split('\0').filter((each) => each !== '') : undefined;
}

function concerns(ignored: string, path: string): boolean {
  return (
    path === '.' ||
    ignored === path ||
    (ignored.endsWith('/') && `${path}/`.startsWith(ignored)) ||
    ignored.startsWith(`${path}/`)
  );
}
