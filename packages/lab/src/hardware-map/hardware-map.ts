// The boards of a lab, as a hardware map describes them.
import type { ErrorObject } from 'ajv';
import { WherryError } from '@wherry/graph';
import { nearestName } from '@wherry/profiles';
import { labDiagnostics } from '../diagnostics.js';
import { formCheck } from '../form-check.js';
import { hardwareMapSchema } from './hardware-map-schema.js';
import { mapDocument } from './map-document.js';

/** The word in the place of a port for a board that is emulated on the machine of its worker. */
export const emulated = 'emulated';

export interface Board {
  readonly id: string;
  /** As the map has it: an id of a profile, or an alias. */
  readonly platform: string;
  readonly connected: boolean;
  /** A port; null where it is not connected. */
  readonly serial: string | null;
  readonly baud?: number;
  readonly runner?: string;
  readonly preScript?: string;
  readonly probeId?: string;
}

export interface HardwareMap {
  readonly where: string;
  readonly boards: readonly Board[];
}

type Written = Omit<Board, 'serial' | 'preScript' | 'probeId'> & {
  readonly serial?: string | null;
  readonly pre_script?: string;
  readonly probe_id?: string;
};

/** Of twister, and not done here. */
const notDone = [
  'available',
  'flash_before',
  'flash_timeout',
  'flash_with_test',
  'post_flash_script',
  'post_script',
  'runner_params',
  'script_param',
  'serial_pty',
];

const faultIn = formCheck(hardwareMapSchema);

/** Throws LAB_MAP_INVALID. */
export function parseHardwareMap(content: string, where: string): HardwareMap {
  const document = withNumbers(mapDocument(content, where));
  const fault = faultIn(document);
  if (fault !== undefined) throw refused(...told(fault, document), where);
  const boards = (document as readonly Written[]).map(boardOf);
  for (const [at, board] of boards.entries()) requireUsable(board, boards.slice(0, at), where);
  return { where, boards };
}

function boardOf(written: Written): Board {
  const { id, platform, connected, serial = null, baud, runner, pre_script: preScript, probe_id: probeId } = written;
  const given = Object.entries({ baud, runner, preScript, probeId }).filter(([, value]) => value !== undefined);
  return { id, platform, connected, serial, ...Object.fromEntries(given) };
}

/** Scalars are read as text; a speed that is written as a number is one. */
function withNumbers(document: unknown): unknown {
  if (!Array.isArray(document)) return document;
  return document.map((board: unknown) => {
    if (typeof board !== 'object' || board === null || !('baud' in board)) return board;
    const { baud } = board;
    return typeof baud === 'string' && /^[0-9]{1,9}$/.test(baud) ? { ...board, baud: Number(baud) } : board;
  });
}

function requireUsable({ id, serial, connected }: Board, before: readonly Board[], where: string): void {
  if (before.some((each) => each.id === id))
    throw refused(`two boards are called ${id}`, 'give each board of the lab an id of its own', where);
  if (!connected) return;
  if (serial === null)
    throw refused(
      `the board ${id} is connected, and has no serial`,
      'write its port, or `serial: emulated`; or `connected: false`',
      where,
    );
  if (serial === 'auto')
    throw refused(
      `the board ${id} has the serial auto`,
      'write the port that it is at: which board is found may change',
      where,
    );
  if (serial !== emulated && before.some((each) => each.connected && each.serial === serial))
    throw refused(`two connected boards are at ${serial}`, 'write to each the port that it is at', where);
}

function told(
  { keyword, params, message, instancePath, data, parentSchema }: ErrorObject,
  document: unknown,
): readonly [string, string] {
  const [, at] = /^\/(\d+)/.exec(instancePath) ?? [];
  const id = at === undefined ? undefined : (document as readonly unknown[])[Number(at)];
  const named = (id as { readonly id?: unknown } | null | undefined)?.id;
  const board =
    at === undefined ? 'the map' : `board ${Number(at) + 1}${typeof named === 'string' ? ` (${named})` : ''}`;
  const key = instancePath.split('/')[2];
  if (keyword === 'additionalProperties') {
    const unknown = String(params['additionalProperty']);
    if (notDone.includes(unknown))
      return [`${board} has ${unknown}, which is not done here`, `leave ${unknown} away; pre_script can do such work`];
    const known = Object.keys((parentSchema as { readonly properties: object }).properties);
    const meant = nearestName(unknown, known);
    return [
      `${board} has a key "${unknown}"`,
      meant === null ? `use one of ${known.join(', ')}` : `did you mean "${meant}"?`,
    ];
  }
  if (keyword === 'required')
    return [`${board} lacks ${String(params['missingProperty'])}`, 'each board has id, platform and connected'];
  const given = typeof data === 'object' ? '' : `, and it is ${JSON.stringify(data)}`;
  return [
    `${key === undefined ? board : `${key} of ${board}`} ${message ?? keyword}${given}`,
    'docs/schema/hardware-map.schema.json says what it can be',
  ];
}

function refused(what: string, next: string, where: string): WherryError {
  return new WherryError(labDiagnostics.LAB_MAP_INVALID, { what, where, next });
}

/** Throws LAB_BOARD_UNKNOWN. */
export function boardNamed({ boards, where }: HardwareMap, id: string): Board {
  const board = boards.find((each) => each.id === id);
  if (board?.connected === true) return board;
  const others = boards.filter(({ connected }) => connected).map((each) => each.id);
  const meant = nearestName(id, others);
  throw new WherryError(labDiagnostics.LAB_BOARD_UNKNOWN, {
    what: board === undefined ? `the map has no board "${id}"` : `the board ${id} is not connected`,
    where,
    next:
      board !== undefined
        ? 'connect it, and write `connected: true`'
        : meant !== null
          ? `did you mean ${meant}?`
          : others.length === 0
            ? 'no board of it is connected'
            : `name one that is connected: ${others.join(', ')}`,
  });
}
