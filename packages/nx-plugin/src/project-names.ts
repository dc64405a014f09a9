// What the projects of the plugin are called: Nx refuses a whole workspace where two have one name, or one has none.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';

/**
 * By folder, from the root of the workspace. None where there is a project.json, or a package.json with a name. Otherwise the
 * path is the name, with dashes; with its slashes, or ./ in front, where another project of
 * the plugin would be called alike.
 */
export function projectNames(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const all = folders.map((folder) => ({ folder, given: nameGiven(join(root, folder)), dashed: dashed(folder) }));
  const taken = all.map(({ given, dashed: own }) => given ?? own);
  const elsewhere = new Set(all.map(({ given }) => given));
  return new Map(
    all
      .filter(({ given }) => given === undefined)
      .map(({ folder, dashed: name }) => {
        const isUnique = taken.filter((each) => each === name).length === 1;
        const names = [...(isUnique ? [name] : []), ...(folder === '.' ? [] : [folder])];
        // No other project of the plugin is called by this path.
        return [folder, names.find((each) => !elsewhere.has(each)) ?? `./${folder}`];
      }),
  );
}

function dashed(folder: string): string {
  return folder === '.' ? 'root' : folder.replaceAll('/', '-');
}

/** Empty where Nx makes one of its own, after a project.json without one. */
function nameGiven(folder: string): string | undefined {
  const project = read(join(folder, 'project.json'));
  const { name, nx } = read(join(folder, 'package.json')) ?? {};
  const names = [project?.name, (nx as { readonly name?: unknown } | undefined)?.name, name];
  return names.find(isName) ?? (project === undefined ? undefined : '');
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function read(path: string): { readonly name?: unknown; readonly nx?: unknown } | undefined {
  if (!existsSync(path)) return undefined;
  return (parse(readFileSync(path, 'utf8')) ?? {}) as object;
}
