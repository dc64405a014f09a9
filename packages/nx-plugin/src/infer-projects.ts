// Every folder with a deploy.config.json is a project of Nx, with a target for each pair and step, and for their sums.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import {
  logger,
  type CreateNodesContext,
  type CreateNodesResultArray,
  type ProjectConfiguration,
  type TargetConfiguration,
} from '@nx/devkit';
import { requirePortsOf } from './device-ports.js';
import { obsoleteTarget, pairTargets, type PairTarget, type Tool } from './pair-targets.js';
import { packageName } from './plugin-name.js';
import { projectNames } from './project-names.js';
import type { PluginOptions } from './plugin-options.js';
import { readPairs, type WorkspacePair } from './read-pairs.js';

/** What every project has, whatever its devices: what a pipeline of CI asks for. */
const sums = ['quantize', 'export', 'regress--host', 'regress--emu', 'regress--hw'] as const;
const obsolete = 'regress--obsolete';

export async function inferProjects(
  files: readonly string[],
  options: PluginOptions,
  { workspaceRoot: root }: CreateNodesContext,
): Promise<CreateNodesResultArray> {
  const tool = toolIn(root);
  const sorted = [...files].sort().map((path) => ({ path, file: path.split(sep).join('/') }));
  const names = projectNames(
    root,
    sorted.map(({ file }) => dirname(file)),
  );
  const read = await Promise.all(
    sorted.map(async (each) => ({
      ...each,
      ...(await targetsOf(each.file, { root, folder: dirname(each.file), options, tool })),
    })),
  );
  // Of a file that cannot be read nobody knows the devices.
  if (read.length > 0 && read.every(({ pairs }) => pairs !== undefined))
    requirePortsOf(
      read.flatMap(({ pairs = [] }) => pairs),
      options.ports,
    );
  return read.map(({ path, file, targets, groups }) => {
    const folder = dirname(file);
    const name = names.get(folder);
    const project: Omit<ProjectConfiguration, 'root'> = {
      ...(name === undefined ? {} : { name }),
      targets,
      metadata: { technologies: ['wherry'], targetGroups: groups },
    };
    return [path, { projects: { [folder]: project } }] as const;
  });
}

interface ReadTargets {
  readonly targets: Record<string, TargetConfiguration>;
  readonly groups: Record<string, string[]>;
  /** Undefined where the file is wrong. */
  readonly pairs?: readonly WorkspacePair[];
}

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly options: PluginOptions;
  readonly tool: Tool;
}

/** A file that is wrong takes nothing from the rest of the workspace, and no target of its own passes. */
async function targetsOf(file: string, place: Place): Promise<ReadTargets> {
  try {
    const pairs = await readPairs(file, { root: place.root, profiles: place.options.profiles });
    const all = pairs.map((pair) => ({ pair, own: pairTargets(pair, { ...place, file }) }));
    const groups: Record<string, string[]> = {};
    for (const { pair, own } of all)
      groups[pair.device] = [...(groups[pair.device] ?? []), ...own.map(({ name }) => name)];
    const targets = { ...withSums(all.flatMap(({ own }) => own)), [obsolete]: obsoleteTarget({ ...place, file }) };
    return { targets, groups, pairs };
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replaceAll(place.root + sep, '');
    const said = `${file} describes no project that can be run\n${message}`;
    logger.warn(said);
    return { targets: Object.fromEntries([...sums, obsolete].map((name) => [name, refusal(said)])), groups: {} };
  }
}

function withSums(own: readonly PairTarget[]): Record<string, TargetConfiguration> {
  const targets: Record<string, TargetConfiguration> = Object.fromEntries(
    own.map(({ name, target }) => [name, target]),
  );
  const sumOf = (parts: readonly PairTarget[]): TargetConfiguration => ({
    executor: 'nx:noop',
    dependsOn: parts.map(({ name }) => name),
    cache: parts.every(({ target }) => target.cache === true),
    inputs: [],
    metadata: { technologies: ['wherry'], description: parts.map(({ name }) => name).join(', ') },
  });
  for (const name of new Set([...own.map(({ partOf }) => partOf[0]), ...sums]))
    targets[name] = sumOf(own.filter(({ partOf }) => partOf.includes(name)));
  return targets;
}

/** Fails with the message, which goes through the environment: no shell reads it. */
function refusal(message: string): TargetConfiguration {
  return {
    command: 'node -e "console.error(process.env.WHERRY_REFUSAL);process.exitCode=2"',
    options: { env: { WHERRY_REFUSAL: message } },
    cache: false,
    metadata: { technologies: ['wherry'], description: message },
  };
}

/** From the lockfile where that has a version of it. What stands in a folder may change, and is called alike before and after. */
function toolIn(root: string): Tool {
  const path = join(root, 'package.json');
  const manifest = (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}) as Readonly<
    Record<string, Readonly<Record<string, unknown>> | undefined>
  >;
  const declared = ['dependencies', 'devDependencies', 'optionalDependencies']
    .map((kind) => manifest[kind]?.[packageName])
    .find((version): version is string => typeof version === 'string');
  const isFolder = declared !== undefined && /^((file|link|workspace|portal):|\.|\/|~\/|[A-Za-z]:)/.test(declared);
  if (declared !== undefined && !isFolder)
    return { inputs: [{ externalDependencies: [packageName] }], hidden: undefined };
  const how = declared === undefined ? 'does not name it' : `has it as ${declared}`;
  return {
    inputs: [{ externalDependencies: [] }],
    hidden: `nothing tells one ${packageName} from another, as the package.json of the workspace ${how}`,
  };
}
