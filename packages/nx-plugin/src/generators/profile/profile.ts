// `profile`: a device of one's own that is like another, judged as `deploy profiles check` judges it.
import { rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { logger, type Tree } from '@nx/devkit';
import { checkProfileFile, passingFolder } from '@wherry/pipeline/project';
import { pluginEntry } from '../plugin-entry.js';
import { refuse } from '../refuse.js';
import { workspaceFolder } from '../workspace-folder.js';

export interface ProfileOptions {
  readonly id: string;
  readonly extends: string;
  readonly name: string;
  readonly chip: string;
  readonly directory?: string;
}

/** Throws ARGUMENTS_INVALID and the PROFILE_* errors before anything is changed. */
export async function profileGenerator(tree: Tree, options: ProfileOptions): Promise<void> {
  const { id, extends: base, name, chip, directory } = options;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
    refuse(`"${id}" is no id of a device`, '--id', 'give small letters, digits and dashes');
  const own = pluginEntry(tree)?.profiles;
  const given = directory ?? own;
  if (given === undefined)
    refuse(
      'nothing says where profiles stand',
      'nx.json',
      'give --directory, or "profiles" in the options of the plugin',
    );
  const folder = workspaceFolder(given, 'directory');
  const file = posix.join(folder, `${id}.json`);
  if (tree.exists(file)) refuse('it is there already', file, 'give another --id, or change it by hand');
  const text = `${JSON.stringify({ extends: base, id, name, chip }, null, 2)}\n`;
  await check(id, text, join(tree.root, folder));
  tree.write(file, text);
  const isKnown = own !== undefined && workspaceFolder(own, 'profiles') === folder;
  logger.info(`to use it, list "${isKnown ? id : `PATH/${id}.json`}" in "profiles" of a deploy.config.json`);
}

/** In a folder of its own, as a dry run leaves none in the workspace; what it extends may stand in `folder`. */
async function check(id: string, text: string, folder: string): Promise<void> {
  const aside = passingFolder('profile');
  try {
    const path = join(aside, `${id}.json`);
    await writeFile(path, text);
    const { remarks } = await checkProfileFile(path, existsSync(folder) ? folder : undefined);
    for (const { where, what, next } of remarks) logger.warn(`at ${where}: ${what}\n  next  ${next}`);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
