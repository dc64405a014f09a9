// What a deploy.config.json asks for: its pairs of model and device, and what a run of each reads.
import { dirname, isAbsolute, join } from 'node:path';
import {
  baselineName,
  baselinePlace,
  boardFor,
  everything,
  pairsOf,
  profileFiles,
  readProject,
  runInputs,
} from '@wherry/pipeline/project';
import { filesetsOf } from './filesets.js';
import { hiddenPaths } from './hidden-paths.js';
import { pathIn } from './workspace-paths.js';

export interface WorkspacePair {
  /** By its name in the project. */
  readonly model: string;
  /** Whether the command takes that name: a path it would be where the file describes one model alone. */
  readonly isNamed: boolean;
  /** As the project names it. */
  readonly profile: string;
  /** The id that this leads to. */
  readonly device: string;
  /** Whether this, an id or an alias, names the device. */
  readonly answersTo: (name: string) => boolean;
  readonly standIn: ReturnType<typeof boardFor>;
  /** What every step of it reads. */
  readonly reads: Reads;
  /** Read by the steps that hold it to something. */
  readonly baseline: Reads;
}

export interface Reads {
  /** What of it Nx may hear of, by its hashes or from git: all that lies in the workspace. */
  readonly filesets: readonly string[];
  /** Why an outcome must not be kept: it depends on what Nx does not see. */
  readonly hidden: string | undefined;
}

export interface Workspace {
  readonly root: string;
  /** Folder with more device profiles, from the root. */
  readonly profiles: string | undefined;
}

/** `file` is relative to the root. Throws the CONFIG_, PROFILE_ and DATA_OPTION errors. */
export async function readPairs(file: string, { root, profiles }: Workspace): Promise<readonly WorkspacePair[]> {
  const from = join(root, dirname(file));
  const places = { folder: profiles === undefined ? undefined : join(root, profiles), from };
  const project = await readProject(join(root, file));
  const { pairs } = await pairsOf(project, { ...everything, ...places });
  const { folder } = baselinePlace(project.file);
  const inRoot = (path: string): string => pathIn(root, isAbsolute(path) ? path : join(from, path));
  const read = await Promise.all(
    pairs.map(async (pair) => {
      const inputs = [...runInputs(pair.model.settings), ...(await profileFiles(pair, places))];
      const baseline = inRoot(join(folder, baselineName({ model: pair.model.name, profile: pair.id })));
      return { pair, paths: [...new Set([file, ...inputs.map(inRoot)])], baseline };
    }),
  );
  const hidden = hiddenPaths(root, [...new Set(read.flatMap(({ paths, baseline }) => [...paths, baseline]))]);
  return read.map(({ pair: { model, profile, id, library }, paths, baseline }) => ({
    model: model.name,
    isNamed: project.isNamed,
    profile,
    device: id,
    answersTo: (name) => {
      const { profile: own } = library.targets.get(id)!;
      return [own.id, ...own.aliases].includes(name.toLowerCase());
    },
    standIn: boardFor(library.targets.get(id)!.profile),
    reads: readsOf(root, paths, hidden),
    baseline: readsOf(root, [baseline], hidden),
  }));
}

function readsOf(root: string, paths: readonly string[], hidden: ReadonlyMap<string, string>): Reads {
  const unseen = paths.find((path) => hidden.has(path));
  return {
    filesets: [...new Set(paths.flatMap((path) => filesetsOf(root, path)))],
    hidden: unseen === undefined ? undefined : `Nx does not see ${unseen}: ${hidden.get(unseen)}`,
  };
}
