// A job of the lab: one model on one device in one tier, by digests of all that it reads.
import { createHash } from 'node:crypto';
import { WherryError } from '@wherry/graph';
import { labDiagnostics } from '../diagnostics.js';
import { faultText, formCheck } from '../form-check.js';

/** Where boards answer; the tier of this machine needs none. */
export const boardTiers = ['emu', 'hw'] as const;
export type BoardTier = (typeof boardTiers)[number];

/** One thing that a run reads. */
export interface InputDigest {
  readonly name: string;
  readonly digest: string;
}

export interface LabJob {
  readonly schemaVersion: 1;
  readonly model: string;
  readonly profile: string;
  readonly tier: BoardTier;
  readonly inputs: readonly InputDigest[];
  /** Another word has all of it measured again; empty where nobody said one. */
  readonly round: string;
}

const text = { type: 'string', minLength: 1, maxLength: 4096 } as const;
const faultIn = formCheck({
  type: 'object',
  additionalProperties: false,
  required: ['schemaVersion', 'model', 'profile', 'tier', 'inputs', 'round'],
  properties: {
    schemaVersion: { const: 1 },
    model: text,
    profile: text,
    tier: { enum: boardTiers },
    inputs: {
      type: 'array',
      maxItems: 100_000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'digest'],
        properties: { name: text, digest: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
      },
    },
    round: { type: 'string', maxLength: 200 },
  },
});

/** The same for the same inputs, wherever it is made. */
export function jobId({ schemaVersion, model, profile, tier, inputs, round }: LabJob): string {
  const parts = [schemaVersion, model, profile, tier, inputs.map(({ name, digest }) => [name, digest]), round];
  return `job-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

/** What another process put into Redis. Throws LAB_JOB_INVALID for what is no job, or is not the one of that id. */
export function parseLabJob(id: string | undefined, data: unknown): LabJob {
  const fault = faultIn(data);
  const what =
    fault !== undefined ? `it is not of the form of a job: ${faultText(fault)}` : isOther(id, data as LabJob);
  if (what === undefined) return data as LabJob;
  throw new WherryError(labDiagnostics.LAB_JOB_INVALID, {
    what,
    where: `job ${id}`,
    next: 'find out who else writes to this Redis; `deploy lab submit` puts jobs there that can be read',
  });
}

function isOther(id: string | undefined, job: LabJob): string | undefined {
  return jobId(job) === id ? undefined : 'its id is not that of what is in it';
}

/** The queue that boards of the device take their jobs from. */
export function queueName({ profile, tier }: Pick<LabJob, 'profile' | 'tier'>): string {
  return `${profile}.${tier}`;
}

/** What is in front of every key. */
export const keyPrefix = 'wherry-lab';
