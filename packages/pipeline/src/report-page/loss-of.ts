// Where accuracy is lost, where that was looked into.
import { counted } from '@wherry/graph';
import { ratioWords, type Loss } from '@wherry/report-page';
import type { KnownReport } from '../report/report.js';

export function lossOf({ attribution }: KnownReport): Loss | undefined {
  if (attribution === null || attribution === undefined || attribution.causes.length === 0) return undefined;
  const { samples, sqnrDb, causes, layers, healthy, rounding, leftOut } = attribution;
  return {
    words: [
      `Signal to noise ${ratioWords(sqnrDb)}, on ${counted(samples, 'sample')}.`,
      ...(rounding.sqnrDb === null
        ? []
        : [`Plain rounding to the same numbers alone would make it ${ratioWords(rounding.sqnrDb)}.`]),
      ...(healthy ? ['There is nothing to mend: nothing is lost beyond rounding and chance.'] : []),
      ...leftOut.map((what) => `Left out: ${what}.`),
    ],
    causes: causes.map(({ cause, share, layers: where, evidence }) => ({
      cause,
      share,
      layers: where.slice(0, 3).join(', '),
      evidence: evidence ?? '',
    })),
    layers: layers.map(({ layer, share, ownSqnrDb, causes: [first] }) => ({
      layer,
      share,
      ownSqnrDb,
      cause: first?.cause ?? '',
    })),
  };
}
