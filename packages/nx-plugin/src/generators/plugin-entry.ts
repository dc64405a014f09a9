// The plugin in nx.json: whether it is there, and its options.
import { readNxJson, type Tree } from '@nx/devkit';
import { parseOptions, type PluginOptions } from '../plugin-options.js';
import { pluginName } from '../plugin-name.js';

/** Undefined where nx.json does not name the plugin. Throws CONFIG_INVALID. */
export function pluginEntry(tree: Tree): PluginOptions | undefined {
  const entry = readNxJson(tree)?.plugins?.find(
    (each) => (typeof each === 'string' ? each : each.plugin) === pluginName,
  );
  if (entry === undefined) return undefined;
  return typeof entry === 'string' ? {} : parseOptions(entry.options);
}
