// `model`: one more model in a deploy.config.json, whose other bytes stay as they are.
import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { parseProject } from '@wherry/pipeline/project';
import { hasMember, withAppended } from '../json-insertion.js';
import { modelEntry, type ModelWords } from '../model-entry.js';
import { refuse } from '../refuse.js';
import { workspaceFolder } from '../workspace-folder.js';

export interface ModelOptions extends ModelWords {
  readonly directory: string;
}

/** Throws ARGUMENTS_INVALID and the CONFIG_ errors before anything is changed. */
export async function modelGenerator(tree: Tree, options: ModelOptions): Promise<void> {
  const file = posix.join(workspaceFolder(options.directory, 'directory'), 'deploy.config.json');
  const text = tree.read(file, 'utf8');
  if (text === null)
    refuse('there is no deploy.config.json', file, 'make one with the generator init, or give another --directory');
  const { models } = parseProject(text, file);
  if (!hasMember(text, 'models'))
    refuse(
      'it describes one model without a name',
      file,
      'write { "models": { "NAME": { ... } } } with its settings in it, "profile" as "profiles": ["ID"]',
    );
  const [name, entry] = modelEntry(options);
  if (models.some((each) => each.name === name))
    refuse(`it has a model "${name}" already`, file, 'give another --name, or change that one by hand');
  const changed = withAppended(text, ['models'], entry, name);
  parseProject(changed, file);
  tree.write(file, changed);
}
