// Which port of nx.json a device hangs on. Every one that is said is used: a name that means nothing would be passed over.
import { WherryError } from '@wherry/graph';
import { configDiagnostics } from '@wherry/pipeline/tool';
import type { PluginOptions } from './plugin-options.js';
import type { WorkspacePair } from './read-pairs.js';

type Ports = NonNullable<PluginOptions['ports']>;
type Named = Pick<WorkspacePair, 'device' | 'answersTo'>;

/** Of a device that is named by its id or an alias; it is looked for where none is said. */
export function portOf(pair: Named, ports: Ports = {}): string {
  return Object.entries(ports).find(([name]) => pair.answersTo(name))?.[1] ?? 'auto';
}

/** `pairs`: all of the workspace. Throws CONFIG_INVALID. */
export function requirePortsOf(pairs: readonly Named[], ports: Ports = {}): void {
  const names = Object.keys(ports);
  const ofNone = names.find((name) => !pairs.some((pair) => pair.answersTo(name)));
  if (ofNone !== undefined)
    refuse(
      `ports has "${ofNone}", and no project goes to such a device`,
      `choose from ${[...new Set(pairs.map(({ device }) => device))].sort().join(', ')}, or leave it away`,
    );
  for (const pair of pairs) {
    const own = names.filter((name) => pair.answersTo(name));
    if (own.length > 1) refuse(`ports has one device twice, as ${own.join(' and ')}`, 'leave one of them away');
  }
}

function refuse(what: string, next: string): never {
  throw new WherryError(configDiagnostics.CONFIG_INVALID, { what, where: 'nx.json, the options of the plugin', next });
}
