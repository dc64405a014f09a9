// What a worker did with a job, as a person reads it on a terminal.
import { jobId, type Work } from '@wherry/lab';
import type { TestedPair } from '../regression/test-result.js';
import { pairLines } from '../regression/test-text.js';

const words = {
  begun: 'begun',
  'given back': 'given back to the queue',
  late: 'late: another worker was faster, and its result stays',
  'done before': 'done before: its result is there',
} as const;

/** One line, and what moved below it. */
export function workLines(work: Work): readonly string[] {
  if (work.kind === 'stalled') return [`stalled  ${work.id}: its worker is silent, and it goes back to the queue`];
  if (work.kind === 'stored') return pairLines(work.outcome as TestedPair);
  const { model, profile, tier } = work.job;
  return [`${words[work.kind]}  ${model} on ${profile}, ${tier}`];
}

/** One line of JSON for programs. */
export function workDocument(work: Work): object {
  if (work.kind === 'stalled') return { event: work.kind, job: work.id };
  const { model, profile, tier } = work.job;
  const of = { event: work.kind, job: jobId(work.job), model, profile, tier };
  return work.kind === 'stored' ? { ...of, outcome: work.outcome } : of;
}
