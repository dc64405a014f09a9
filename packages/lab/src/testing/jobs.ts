// Jobs of tests: named by a number, with inputs that no file has.
import { createHash } from 'node:crypto';
import type { LabJob } from '../queue/lab-job.js';

export function jobOf(number: number, more: Partial<LabJob> = {}): LabJob {
  const digest = createHash('sha256').update(`${number}`).digest('hex');
  return {
    schemaVersion: 1,
    model: `model-${number}`,
    profile: 'esp32',
    tier: 'emu',
    inputs: [{ name: 'model', digest }],
    round: '',
    ...more,
  };
}

export interface Answer {
  readonly square: number;
  readonly by: string;
}

/** As a worker of `worker-process.mjs` writes it. */
export function parseAnswer(outcome: unknown, _id: string, wrong: (what: string) => never): Answer {
  const { square, by } = outcome as Answer;
  if (!Number.isInteger(square) || typeof by !== 'string') wrong('it is no answer');
  return { square, by };
}
