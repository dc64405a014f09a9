// What nx.json says of the whole workspace.
import { WherryError } from '@wherry/graph';
import { configDiagnostics } from '@wherry/pipeline/tool';

export interface PluginOptions {
  /** Folder with more device profiles, from the root of the workspace. */
  readonly profiles?: string;
  /** By id or alias of a device: the port that it hangs on. Without one it is looked for. */
  readonly ports?: Readonly<Record<string, string>>;
}

/** Throws CONFIG_INVALID. */
export function parseOptions(value: unknown): PluginOptions {
  if (value === undefined) return {};
  if (!isObject(value)) refuse('they are no object', 'write { "profiles": "FOLDER" }');
  const unknown = Object.keys(value).find((key) => key !== 'profiles' && key !== 'ports');
  if (unknown !== undefined) refuse(`there is no option "${unknown}"`, 'choose from profiles and ports');
  const { profiles, ports } = value;
  if (profiles !== undefined && !isPath(profiles)) refuse('profiles is no folder', 'write "profiles": "FOLDER"');
  if (ports !== undefined && !(isObject(ports) && Object.values(ports).every(isPath)))
    refuse('ports holds something else than ports', 'write "ports": { "DEVICE": "PORT" }');
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function refuse(what: string, next: string): never {
  throw new WherryError(configDiagnostics.CONFIG_INVALID, { what, where: 'nx.json, the options of the plugin', next });
}
