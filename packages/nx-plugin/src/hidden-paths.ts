// Which paths Nx does not see: it hashes no file that is ignored, lies outside of the workspace or stands behind a link.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { liesOutside, otherPlaces } from './workspace-paths.js';

/**
 * Why a change of a path would not be noticed, by path; those that Nx sees are left out. `paths` are relative to `root`, with
 * `/`; of a folder all that is below counts.
 */
export function hiddenPaths(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const inside = paths.filter((path) => !liesOutside(path));
  const behindLinks = inside.filter((path) => otherPlaces(root, path).length > 0);
  const ignored = ignoredBelow(
    root,
    inside.filter((path) => !behindLinks.includes(path)),
  );
  return new Map(
    paths.flatMap((path) => {
      const reason = !inside.includes(path)
        ? 'it lies outside of the workspace'
        : behindLinks.includes(path)
          ? 'a symbolic link leads to it, or from it'
          : ignored === undefined
            ? 'git does not say what it ignores'
            : ignored.some((each) => concerns(each, path))
              ? 'it is ignored, or a file in it'
              : undefined;
      return reason === undefined ? [] : [[path, reason] as const];
    }),
  );
}

/** Folders end with `/`. Undefined where git has no answer. */
function ignoredBelow(root: string, paths: readonly string[]): readonly string[] | undefined {
  if (paths.length === 0) return [];
  const patterns = existsSync(join(root, '.nxignore')) ? ['--exclude-from=.nxignore'] : [];
  // Nx follows the patterns even where git has the file.
  const which = ['--cached', '--others', '--ignored', '--exclude-standard', ...patterns, '--directory', '-z'];
  const found = git(root, ['--literal-pathspecs', 'ls-files', ...which, '--', ...paths]);
  // What is not there is listed nowhere, and may come.
  const asked = paths.map((path) => `./${path}`).join('\0');
  const toCome = git(root, ['check-ignore', '--no-index', '-z', '--stdin'], asked);
  return found && toCome && [...found, ...toCome.map((path) => path.slice('./'.length))];
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
