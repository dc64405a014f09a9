// Copies the type declarations that the library's entry reaches, with the workspace's package names made relative.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const specifier = /(\bfrom\s*|\bimport\(\s*|^import\s*)(["'])([^"']+)\2/gm;

/**
 * Declarations of apps/cli lie at the top of `target`, those of a package in a folder of its name. Throws for a type of
 * another package: whoever installs this one would not have it.
 */
export function collectTypes(entry, root, target) {
  const done = new Set();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (done.has(path)) continue;
    done.add(path);
    const text = readFileSync(path, 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\n?$/, '\n');
    const written = text.replace(specifier, (whole, before, quote, name) => {
      if (name.startsWith('node:')) return whole;
      const found = resolve(name, path, root);
      open.push(found);
      const way = relative(dirname(placeOf(path, root)), placeOf(found, root))
        .split(sep)
        .join('/');
      return `${before}${quote}${(way.startsWith('.') ? way : `./${way}`).replace(/\.d\.ts$/, '.js')}${quote}`;
    });
    const place = join(target, placeOf(path, root));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, written);
  }
}

function resolve(name, from, root) {
  if (name.startsWith('.')) return join(dirname(from), name.replace(/\.js$/, '.d.ts'));
  const [, own, part = ''] = /^@wherry\/([\w-]+)(\/[\w-]+)?$/.exec(name) ?? [];
  const types = own === undefined ? undefined : exportsOf(join(root, 'packages', own))[`.${part}`]?.types;
  if (types === undefined) throw new Error(`${relative(root, from)} gives out a type of ${name}`);
  return join(root, 'packages', own, types);
}

function exportsOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports;
}

/** `packages/graph/dist/index.d.ts` becomes `graph/index.d.ts`. */
function placeOf(path, root) {
  const parts = relative(root, path).split(sep);
  return parts[0] === 'apps' ? parts.slice(3).join('/') : [parts[1], ...parts.slice(3)].join('/');
}
