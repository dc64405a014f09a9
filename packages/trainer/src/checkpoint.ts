// A training that can go on later, as bytes: a header in JSON, and the values behind it.
import { WherryError } from '@wherry/graph';
import { trainerDiagnostics } from './diagnostics.js';
import type { NamedValues } from './optimizer.js';

/** What was said of one epoch. */
export interface EpochFigures {
  readonly epoch: number;
  /** Mean over the batches. */
  readonly loss: number;
  /** Of the samples that are held back; 0 where none is. */
  readonly heldBack: number;
}

/** Everything that the next epoch depends on. */
export interface TrainingState {
  /** Epochs that are done. */
  readonly epoch: number;
  /** Steps without a usable gradient since the start. */
  readonly history: readonly EpochFigures[];
  readonly best: { readonly epoch: number; readonly heldBack: number };
  readonly variables: readonly NamedValues[];
  /** Over the latest steps: what is judged. */
  readonly averages: readonly NamedValues[];
  /** Averages of the best epoch. */
  readonly bestVariables: readonly NamedValues[];
  readonly optimizer: readonly NamedValues[];
  /** Of weights that swing, see `SettledWeights`. */
  readonly settled: readonly NamedValues[];
  /** By tensor id. */
  readonly masks: readonly NamedValues[];
  readonly bestMasks: readonly NamedValues[];
}

const magic = 'wherry training 1\n';
const lists = ['variables', 'averages', 'bestVariables', 'optimizer', 'settled', 'masks', 'bestMasks'] as const;

interface Header extends Pick<TrainingState, 'epoch' | 'history' | 'best'> {
  /** Of what the training was started with: only the same may go on. */
  readonly fingerprint: string;
  readonly lists: { readonly [L in (typeof lists)[number]]: readonly Omit<NamedValues, 'values'>[] };
}

export function encodeCheckpoint(state: TrainingState, fingerprint: string): Uint8Array {
  const { epoch, history, best } = state;
  const forms = Object.fromEntries(
    lists.map((list) => [list, state[list].map(({ name, shape }) => ({ name, shape }))]),
  ) as unknown as Header['lists'];
  const header = new TextEncoder().encode(
    `${magic}${JSON.stringify({ fingerprint, epoch, history, best, lists: forms } satisfies Header)}\n`,
  );
  const values = lists.flatMap((list) => state[list].map(({ values: each }) => each));
  const bytes = new Uint8Array(header.length + values.reduce((sum, { length }) => sum + 4 * length, 0));
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  for (const each of values) for (const value of each) view.setFloat32((at += 4) - 4, value, true);
  return bytes;
}

/** Throws CHECKPOINT_UNREADABLE, and CHECKPOINT_OTHER for that of another model, other samples or other settings. */
export function decodeCheckpoint(bytes: Uint8Array, fingerprint: string, where: string): TrainingState {
  const unreadable = (what: string): WherryError =>
    new WherryError(trainerDiagnostics.CHECKPOINT_UNREADABLE, {
      what,
      where,
      next: 'take the file away, or name another one: the training then starts from the beginning',
    });
  const first = new TextEncoder().encode(magic).length;
  const end = bytes.indexOf(10, first);
  if (new TextDecoder().decode(bytes.subarray(0, first)) !== magic || end < 0)
    throw unreadable('it is no checkpoint of a training');
  const header = headerOf(new TextDecoder().decode(bytes.subarray(first, end)));
  if (header === undefined) throw unreadable('its header is damaged');
  if (header.fingerprint !== fingerprint)
    throw new WherryError(trainerDiagnostics.CHECKPOINT_OTHER, {
      what: 'the training in it was started with another model, other samples or other settings',
      where,
      next: 'give what it was started with, or take the file away to start from the beginning',
    });
  const sizes = lists.map((list) =>
    header.lists[list].map(({ shape }) => shape.reduce((size, each) => size * each, 1)),
  );
  const wanted = sizes.flat().reduce((sum, size) => sum + 4 * size, 0);
  if (bytes.length - end - 1 !== wanted)
    throw unreadable(`it ends after ${bytes.length} bytes, and ${end + 1 + wanted} were written`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = end + 1;
  const read = (list: (typeof lists)[number]): NamedValues[] =>
    header.lists[list].map(({ name, shape }) => {
      const values = new Float32Array(shape.reduce((size, each) => size * each, 1));
      for (let i = 0; i < values.length; i++, at += 4) values[i] = view.getFloat32(at, true);
      return { name, shape, values };
    });
  const [variables, averages, bestVariables, optimizer, settled, masks, bestMasks] = lists.map(read);
  const { epoch, history, best } = header;
  return {
    epoch,
    history,
    best,
    variables: variables!,
    averages: averages!,
    bestVariables: bestVariables!,
    optimizer: optimizer!,
    settled: settled!,
    masks: masks!,
    bestMasks: bestMasks!,
  };
}

/** Undefined for what nothing of this tool has written. */
function headerOf(text: string): Header | undefined {
  try {
    const header = JSON.parse(text) as Partial<Header>;
    const isForm = (form: unknown): boolean => {
      const { name, shape } = (form ?? {}) as { readonly name?: unknown; readonly shape?: unknown };
      return (
        typeof name === 'string' &&
        Array.isArray(shape) &&
        shape.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)
      );
    };
    const isWhole =
      typeof header.fingerprint === 'string' &&
      Number.isSafeInteger(header.epoch) &&
      Array.isArray(header.history) &&
      typeof header.best?.heldBack === 'number' &&
      lists.every((list) => Array.isArray(header.lists?.[list]) && header.lists[list].every(isForm));
    return isWhole ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}
