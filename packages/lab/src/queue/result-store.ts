// One result for each job: the first one that comes stays, whoever else was at it.
import { WherryError } from '@wherry/graph';
import { labDiagnostics } from '../diagnostics.js';
import { faultText, formCheck } from '../form-check.js';
import type { RedisConnection } from '../redis/redis-connection.js';
import { keyPrefix } from './lab-job.js';

/** How long what is done is known: jobs and results. */
export const keptSeconds = 30 * 24 * 3600;

export interface LabResult<Outcome> {
  readonly id: string;
  /** That it was made on. */
  readonly board: string;
  readonly outcome: Outcome;
}

/** Of what another process wrote, which is `wrong` where it is not the outcome of that job. */
export type ParseOutcome<Outcome> = (outcome: unknown, id: string, wrong: (what: string) => never) => Outcome;

interface Stored {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly board: string;
  readonly outcome: unknown;
}

const faultIn = formCheck({
  type: 'object',
  additionalProperties: false,
  required: ['schemaVersion', 'id', 'board', 'outcome'],
  properties: {
    schemaVersion: { const: 1 },
    id: { type: 'string' },
    board: { type: 'string', maxLength: 200 },
    outcome: {},
  },
});

const greatestCharacters = 1 << 24;
const keyOf = (id: string): string => `${keyPrefix}:result:${id}`;

/** Only what is still what was read goes. */
const removeSame = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/** False where there is one already: it stays as it is. */
export async function storeResult(
  { client, asked }: RedisConnection,
  { id, board, outcome }: LabResult<unknown>,
): Promise<boolean> {
  const stored: Stored = { schemaVersion: 1, id, board, outcome };
  return (await asked(client.set(keyOf(id), JSON.stringify(stored), 'EX', keptSeconds, 'NX'))) === 'OK';
}

export async function hasResult({ client, asked }: RedisConnection, id: string): Promise<boolean> {
  return (await asked(client.exists(keyOf(id)))) === 1;
}

/** In the order of the ids; undefined for what is not there. Throws LAB_RESULT_INVALID. */
export async function readResults<Outcome>(
  { client, asked }: RedisConnection,
  ids: readonly string[],
  parse: ParseOutcome<Outcome>,
): Promise<readonly (ReadResult<Outcome> | undefined)[]> {
  if (ids.length === 0) return [];
  const texts = await asked(client.mget(...ids.map(keyOf)));
  return ids.map((id, at) => {
    const text = texts[at];
    return text === null || text === undefined ? undefined : { ...parseResult(id, text, parse), text };
  });
}

export interface ReadResult<Outcome> extends LabResult<Outcome> {
  /** As it stands there. */
  readonly text: string;
}

/** Nothing happens to one that another has put in its place meanwhile. */
export async function removeResult(
  { client, asked }: RedisConnection,
  { id, text }: Pick<ReadResult<unknown>, 'id' | 'text'>,
): Promise<void> {
  await asked(client.eval(removeSame, 1, keyOf(id), text));
}

function parseResult<Outcome>(id: string, text: string, parse: ParseOutcome<Outcome>): LabResult<Outcome> {
  const refused = (what: string): WherryError =>
    new WherryError(labDiagnostics.LAB_RESULT_INVALID, {
      what,
      where: `${keyOf(id)} in Redis`,
      next: 'find out who else writes to this Redis, remove the key, and submit again',
    });
  if (text.length > greatestCharacters) throw refused(`it has ${text.length} characters, more than any result`);
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw refused('it is no JSON');
  }
  const fault = faultIn(stored);
  if (fault !== undefined) throw refused(`it is not of the form of a result: ${faultText(fault)}`);
  const { id: of, board, outcome } = stored as Stored;
  if (of !== id) throw refused(`it is the result of ${of}`);
  const wrong = (what: string): never => {
    throw refused(what);
  };
  return { id, board, outcome: parse(outcome, id, wrong) };
}
