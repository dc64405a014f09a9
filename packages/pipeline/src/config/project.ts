// deploy.config.json as a project: its models, the settings of each, and the profiles that it goes to.
import { basename } from 'node:path';
import { acceptableName, nameFault } from '@wherry/c-source';
import { WherryError } from '@wherry/graph';
import { nearestName } from '@wherry/profiles';
import { configDiagnostics } from './config-diagnostics.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { defaultConfigFile, isObject, parseConfigFile, readConfigFile, type ConfigFile } from './config-file.js';
import { commandNames } from './command-names.js';
import { checkSettings } from './deploy-config.js';
import type { DeploySettings } from './deploy-settings.js';

export interface ProjectModel {
  /** In the project, and in the firmware where its settings name no other. */
  readonly name: string;
  readonly settings: Omit<DeploySettings, 'profile'> & { readonly model: string };
  /** Ids of device profiles, or paths of their files. */
  readonly profiles: readonly string[];
}

export interface Project {
  readonly file: string;
  /** Whether a command line may name its models: a file of one model alone is run without. */
  readonly isNamed: boolean;
  readonly models: readonly ProjectModel[];
}

/** Of one model or one run: not to be said for all. */
const ownKeys = ['model', 'profile', 'name', 'symbol', 'labels', 'task', 'out'] as const;
/** Of a whole project, or of a model in it. */
const neverInModel = ['profile', 'out'] as const;

/** Throws the CONFIG_ errors, and CONFIG_MISSING where there is no file. */
export async function readProject(file: string | undefined): Promise<Project> {
  const config = await readConfigFile(file);
  if (config === undefined)
    throw new WherryError(configDiagnostics.CONFIG_MISSING, {
      what: 'no project is described',
      where: defaultConfigFile,
      next: 'write { "models": { "NAME": { "model": "FILE", "calibration": "DATA", "profiles": ["ID"] } } }, or give --config FILE',
    });
  return projectIn(config);
}

/** The project that a file with this text describes. Throws CONFIG_JSON and CONFIG_INVALID. */
export function parseProject(text: string, path: string): Project {
  return projectIn(parseConfigFile(text, path));
}

function projectIn(config: ConfigFile): Project {
  return { file: config.path, isNamed: 'models' in config.value, models: modelsOf(config) };
}

/**
 * Settings of one run. `model`: as it is given, a path or the name of a model in the project; that of the file where it is
 * left out. Throws the CONFIG_ errors, and REQUEST_INCOMPLETE where a project leaves open which.
 */
export async function readDeployConfig(file: string | undefined, model?: string): Promise<DeploySettings> {
  const config = await readConfigFile(file);
  const given = model === undefined ? {} : { model };
  if (config === undefined) return given;
  if (!('models' in config.value)) {
    checkSettings(config.value, config.path);
    return { ...config.value, ...given };
  }
  const chosen = chosenModel(config, model);
  if (chosen === undefined) return { ...commonSettings(config), ...given };
  const { settings, profiles } = chosen;
  return profiles.length === 1 ? { ...settings, profile: profiles[0]! } : settings;
}

/** That of the name, or the only one where none is given; undefined for a path. */
function chosenModel(config: ConfigFile, model: string | undefined): ProjectModel | undefined {
  const models = modelsOf(config);
  return models.find(({ name }) => name === model) ?? (model === undefined ? onlyOne(models, config) : undefined);
}

/**
 * The file of the project, and the name that the model of a run has in it; undefined where it is no model of a project. Throws as
 * `readDeployConfig` does.
 */
export async function runOfProject(
  file: string | undefined,
  model: string | undefined,
): Promise<{ readonly file: string; readonly name: string } | undefined> {
  const config = await readConfigFile(file);
  if (config === undefined) return undefined;
  const { path, value } = config;
  const isOne = !('models' in value);
  if (isOne && (model !== undefined || value['model'] === undefined || value['profile'] === undefined))
    return undefined;
  const chosen = isOne ? singleModel(config) : chosenModel(config, model);
  return chosen === undefined ? undefined : { file: path, name: chosen.name };
}

/** None where there is no project. Throws the CONFIG_ errors. */
export async function projectModelNames(file: string | undefined): Promise<readonly string[]> {
  const config = await readConfigFile(file);
  return config === undefined || !('models' in config.value) ? [] : modelsOf(config).map(({ name }) => name);
}

function onlyOne(models: readonly ProjectModel[], { path }: ConfigFile): ProjectModel {
  const [first] = models;
  if (models.length === 1) return first!;
  throw new WherryError(pipelineDiagnostics.REQUEST_INCOMPLETE, {
    what: `${path} describes ${models.length} models`,
    next: `name one of them: ${models.map(({ name }) => name).join(', ')}; \`deploy test\` runs all`,
  });
}

function modelsOf(config: ConfigFile): readonly ProjectModel[] {
  const { path, value } = config;
  if (!('models' in value)) return [singleModel(config)];
  const common = commonSettings(config);
  const { models, profiles } = value;
  if (!isObject(models) || Object.keys(models).length === 0)
    throw refused('models does not hold a model', path, 'write "models": { "NAME": { "model": "FILE" } }');
  const isUsed = Object.values(models).some((own) => !isObject(own) || own['profiles'] === undefined);
  if (profiles !== undefined && profilesIn(profiles, path).length > 0 && !isUsed)
    throw refused(
      'profiles stands beside "models", and each of them has its own',
      path,
      'leave it away there, or in a model that it is meant for',
    );
  return Object.entries(models).map(([name, own]) => {
    const fault = nameFault(name);
    if (fault !== null) throw refused(`a model is called "${name}": ${fault}`, path, `call it ${acceptableName(name)}`);
    if (commandNames.includes(name))
      throw refused(`a model is called "${name}", and \`deploy ${name}\` is a command`, path, `call it ${name}_model`);
    const where = `${path}, models.${name}`;
    if (!isObject(own)) throw refused('it does not hold an object', where, 'write { "model": "FILE" }');
    const { profiles: ownProfiles = profiles, ...settings } = own;
    for (const key of neverInModel)
      if (key in settings)
        throw refused(
          `it has a setting "${key}"`,
          where,
          key === 'profile'
            ? `write "profiles": [${JSON.stringify(settings[key])}]`
            : `give --${key} on the command line`,
        );
    checkSettings(settings, where);
    if (settings['model'] === undefined) throw refused('it has no model', where, 'add "model": "FILE"');
    return {
      name,
      settings: { name, ...common, ...settings } as ProjectModel['settings'],
      profiles: profilesIn(ownProfiles, where),
    };
  });
}

/** Beside `models`, said for all of them. */
function commonSettings({ path, value }: ConfigFile): DeploySettings {
  const { models: _models, profiles: _profiles, $schema: _schema, ...common } = value;
  for (const key of ownKeys)
    if (key in common)
      throw refused(
        `"${key}" stands beside "models"`,
        path,
        key === 'profile' ? 'write "profiles": ["ID"]' : `say it in each of the models that it is true of`,
      );
  checkSettings(common, path);
  return common;
}

function profilesIn(profiles: unknown, where: string): readonly string[] {
  const isList =
    Array.isArray(profiles) &&
    profiles.length > 0 &&
    profiles.every((each) => typeof each === 'string' && each !== '') &&
    new Set(profiles).size === profiles.length;
  if (!isList)
    throw refused(
      profiles === undefined ? 'no profiles are listed' : `profiles is ${JSON.stringify(profiles).slice(0, 60)}`,
      where,
      'list the ids of device profiles, each once: "profiles": ["esp32"] (`deploy profiles` names them)',
    );
  return profiles as readonly string[];
}

/** A file without `models`. */
function singleModel({ path, value }: ConfigFile): ProjectModel {
  checkSettings(value, path);
  const {
    profile,
    out: _out,
    $schema: _schema,
    ...settings
  } = value as DeploySettings & { readonly $schema?: unknown };
  const { model } = settings;
  if (model === undefined || profile === undefined)
    throw refused(
      `it has no ${model === undefined ? 'model' : 'profile'}`,
      path,
      model === undefined ? 'add "model": "FILE", or "models" for several' : 'add "profile": "ID"',
    );
  const name = settings.name ?? acceptableName(basename(model).replace(/\.[^.]*$/, ''));
  return { name, settings: { ...settings, model }, profiles: [profile] };
}

/** Those of the project that are asked for; all of them where none is. Throws ARGUMENTS_INVALID for a name that is none. */
export function chosenModels({ models, file }: Project, names: readonly string[]): readonly ProjectModel[] {
  const known = models.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = nearestName(name, known);
    throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, {
      what: `${file} has no model "${name}"`,
      next: meant === null ? `choose from ${known.join(', ')}` : `did you mean "${meant}"?`,
    });
  }
  return names.length === 0 ? models : models.filter(({ name }) => names.includes(name));
}

function refused(what: string, where: string, next: string): WherryError {
  return new WherryError(configDiagnostics.CONFIG_INVALID, { what, where, next });
}
