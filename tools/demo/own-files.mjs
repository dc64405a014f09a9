// What the demo may overwrite in its folder: files that it wrote itself and nobody has changed. Others are moved aside.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const listName = 'demo-files.json';

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** @returns {Record<string, string>} hashes by name, of the run before; empty where there is no such list */
function listed(folder) {
  try {
    const { tool, files } = JSON.parse(readFileSync(join(folder, listName), 'utf8'));
    return tool === 'wherry-demo' && typeof files === 'object' && files !== null ? files : {};
  } catch {
    return {};
  }
}

/**
 * Moves whatever else stands under these names out of the way, as NAME.kept, NAME.kept-2 ...
 * @param {string} folder
 * @param {readonly string[]} names
 * @returns {readonly string[]} the new names
 */
export function keepOthers(folder, names) {
  const own = listed(folder);
  const isOwn = (name) => {
    const path = join(folder, name);
    return lstatSync(path).isFile() && own[name] === sha256(path);
  };
  return [...names, ...(Object.keys(own).length === 0 ? [listName] : [])]
    .filter((name) => existsSync(join(folder, name)) && !isOwn(name))
    .map((name) => {
      const kept = freeName(folder, `${name}.kept`);
      renameSync(join(folder, name), join(folder, kept));
      return kept;
    });
}

function freeName(folder, wanted) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(join(folder, name))) return name;
  }
}

/** Notes that the demo wrote these. */
export function listOwn(folder, names) {
  const files = Object.fromEntries(names.map((name) => [name, sha256(join(folder, name))]));
  writeFileSync(join(folder, listName), `${JSON.stringify({ tool: 'wherry-demo', files }, null, 2)}\n`);
}
