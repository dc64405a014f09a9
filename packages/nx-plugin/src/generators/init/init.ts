// `init`: the plugin in nx.json, and a first deploy.config.json. What is there already stays as it is.
import { posix } from 'node:path';
import { logger, type Tree } from '@nx/devkit';
import { parseProject, type Project } from '@wherry/pipeline/project';
import { hasMember, withAppended } from '../json-insertion.js';
import { modelEntry } from '../model-entry.js';
import { pluginEntry } from '../plugin-entry.js';
import { pluginName } from '../../plugin-name.js';
import { refuse } from '../refuse.js';
import { workspaceFolder } from '../workspace-folder.js';

export interface InitOptions {
  readonly directory: string;
  readonly model: string;
  readonly calibration?: string;
  readonly device: string;
  readonly name?: string;
  readonly profiles?: string;
}

/** Throws ARGUMENTS_INVALID and CONFIG_INVALID before anything is changed. */
export async function initGenerator(tree: Tree, options: InitOptions): Promise<void> {
  const file = posix.join(workspaceFolder(options.directory, 'directory'), 'deploy.config.json');
  const profiles = options.profiles === undefined ? undefined : workspaceFolder(options.profiles, 'profiles');
  const named = pluginEntry(tree);
  if (named !== undefined && profiles !== undefined && named.profiles !== profiles)
    refuse(
      `the plugin is there, and its folder of profiles is ${named.profiles ?? 'none'}`,
      'nx.json',
      'change its options by hand, or leave --profiles away',
    );
  const { model, calibration, device, name } = options;
  const [called, entry] = modelEntry({ model, calibration, devices: [device], name });
  const text = `${JSON.stringify({ models: { [called]: entry } }, null, 2)}\n`;
  parseProject(text, file);
  const there = tree.read(file, 'utf8');
  if (there !== null) {
    requireTheSame(parseProject(there, file), options);
    logger.info(`${file} is there already, and stays as it is`);
  } else tree.write(file, text);
  if (named === undefined) addPlugin(tree, profiles);
}

/** What is asked for is in the file already. */
function requireTheSame({ file, models }: Project, { model, calibration, device, name }: InitOptions): void {
  const isThere = models.some(
    ({ name: called, settings, profiles }) =>
      settings.model === model &&
      (name === undefined || called === name) &&
      (calibration === undefined || settings.calibration === calibration) &&
      profiles.includes(device),
  );
  if (!isThere)
    refuse(
      `it is there already, and has no such model: ${model} for ${device}`,
      file,
      'add one with the generator model (nx g wherry:model), or give the settings of one that it has',
    );
}

function addPlugin(tree: Tree, profiles: string | undefined): void {
  const text = tree.read('nx.json', 'utf8');
  if (text === null) refuse('there is no nx.json', 'the workspace', 'run the generator in a workspace of Nx');
  const entry = profiles === undefined ? pluginName : { plugin: pluginName, options: { profiles } };
  tree.write(
    'nx.json',
    hasMember(text, 'plugins') ? withAppended(text, ['plugins'], entry) : withAppended(text, [], [entry], 'plugins'),
  );
}
