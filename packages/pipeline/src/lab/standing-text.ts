// Where the jobs of a project are, as a person reads it on a terminal.
import { counted } from '@wherry/graph';
import { table } from '../report/table.js';
import type { LabStanding, PairState } from './lab-work.js';

const words: { readonly [S in PairState]: string } = {
  added: 'put into the queue',
  done: 'done',
  waiting: 'waiting for a board',
  active: 'on a board',
  failed: 'ended without a result',
  gone: 'not submitted',
};

/** Ends without a line feed. */
export function standingText({ pairs, boards }: LabStanding): string {
  const states = (Object.keys(words) as PairState[]).flatMap((state) => {
    const count = pairs.filter((pair) => pair.state === state).length;
    return count === 0 ? [] : [`${count} ${words[state]}`];
  });
  return [
    ...table(
      ['model', 'device', 'tier', 'job', 'state'],
      pairs.map(({ model, profile, tier, job, state }) => [model, profile, tier, shortId(job), words[state]]),
    ),
    '',
    ...table(
      ['board', 'device', 'tier', 'worker'],
      boards.map(({ id, profile, tier, worker }) => [id, profile, tier, worker ? 'at work' : 'none']),
    ),
    '',
    `${counted(pairs.length, 'job')}: ${states.join(', ')}`,
  ].join('\n');
}

/** Enough to tell jobs of a project apart. */
function shortId(id: string): string {
  return id.slice(0, 'job-'.length + 10);
}
