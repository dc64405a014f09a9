// Which paths Nx does not see: it hashes no file that is ignored, lies outside of the workspace or stands behind a link.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/**
 * Why a change of a path would not be noticed, by path; those that Nx sees are left out. `paths` are relative to `root`, with
 * `/`; of a folder all that is below counts.
 */
export function hiddenPaths(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const isOutside = (path: string): boolean => path === '..' || path.startsWith('../') || path.startsWith('/');
  const inside = paths.filter((path) => !isOutside(path) && !/^[A-Za-z]:/.test(path));
  const behindLinks = inside.filter((path) => standsBehindLink(root, path));
  const ignored = ignoredBelow(
    root,
    inside.filter((path) => !behindLinks.includes(path)),
  );
  return new Map(
    paths.flatMap((path) => {
      const reason = !inside.includes(path)
        ? 'it lies outside of the workspace'
        : behindLinks.includes(path)
          ? 'a symbolic link leads to it'
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
    ignored === path || (ignored.endsWith('/') && `${path}/`.startsWith(ignored)) || ignored.startsWith(`${path}/`)
  );
}

/** Of what is not there, whether it would. */
function standsBehindLink(root: string, path: string): boolean {
  if (path === '' || path === '.') return false;
  const full = join(root, path);
  if (lstatSync(full, { throwIfNoEntry: false }) === undefined) return standsBehindLink(root, posix.dirname(path));
  // A link that leads nowhere is one nevertheless.
  return !existsSync(full) || realpathSync(full) !== join(realpathSync(root), path.split('/').join(sep));
}
