// The boards of a hardware map beside the devices of a project.
import { counted, WherryError } from '@wherry/graph';
import { emulated, parseHardwareMap, type Board, type BoardTier, type HardwareMap } from '@wherry/lab';
import { labDiagnostics } from '@wherry/lab/diagnostics';
import { findProfile } from '@wherry/profiles';
import { readProfiles } from '../inputs/profile-folder.js';
import { readRegularFile } from '../inputs/read-regular-file.js';
import { standInOf } from '../measure/emulated-device.js';
import type { LabPair } from './lab-project.js';

const greatestBytes = 1 << 22;

/** Throws LAB_MAP_INVALID, LAB_MAP_UNREADABLE. */
export async function readHardwareMap(path: string): Promise<HardwareMap> {
  const read = await readRegularFile(path, greatestBytes);
  if (read instanceof Uint8Array) return parseHardwareMap(new TextDecoder().decode(read), path);
  const definition = labDiagnostics[read.kind === 'denied' ? 'LAB_MAP_UNREADABLE' : 'LAB_MAP_INVALID'];
  throw new WherryError(definition, { what: read.what, where: path, next: read.next });
}

export interface BoardTarget {
  readonly board: Board;
  /** Id of the profile that its platform names. */
  readonly profile: string;
  readonly tier: BoardTier;
}

export const tierOf = ({ serial }: Board): BoardTier => (serial === emulated ? 'emu' : 'hw');

/** Throws the PROFILE_* errors, and MEASURE_NO_STAND_IN for an emulated board that there is none for. */
export async function boardTarget(board: Board, folder: string | undefined): Promise<BoardTarget> {
  const { library, id } = await readProfiles(board.platform, folder);
  const { profile } = findProfile(library, id);
  const tier = tierOf(board);
  if (tier === 'emu') standInOf(profile, library);
  return { board, profile: profile.id, tier };
}

/** Of those that are connected. */
export async function boardTargets(
  { boards }: HardwareMap,
  folder: string | undefined,
): Promise<readonly BoardTarget[]> {
  const targets: BoardTarget[] = [];
  for (const board of boards) if (board.connected) targets.push(await boardTarget(board, folder));
  return targets;
}

/** Throws LAB_NO_BOARD where a pair would wait for ever. */
export function requireBoards(pairs: readonly LabPair[], targets: readonly BoardTarget[], where: string): void {
  const hasBoard = ({ profile, tier }: LabPair['job']): boolean =>
    targets.some((each) => each.profile === profile && each.tier === tier);
  const without = [
    ...new Set(
      pairs
        .map(({ job }) => job)
        .filter((job) => !hasBoard(job))
        .map(({ profile }) => profile),
    ),
  ];
  if (without.length === 0) return;
  const { tier } = pairs[0]!.job;
  const others = [...new Set(pairs.map(({ job }) => job.profile))].filter((profile) => !without.includes(profile));
  const kind = tier === 'hw' ? 'at a port' : 'with `serial: emulated`';
  throw new WherryError(labDiagnostics.LAB_NO_BOARD, {
    what: `${counted(without.length, 'device')} of the project ${without.length === 1 ? 'has' : 'have'} no connected board ${kind}: ${without.join(', ')}`,
    where,
    next: `connect such a board and add it${others.length === 0 ? `, or ask for the tier ${tier === 'hw' ? 'emu' : 'hw'}` : `, or name the others: ${others.map((profile) => `--profile ${profile}`).join(' ')}`}`,
  });
}
