// Where a model's inputs or outputs have another type than the profile says: which one, and why.
import { tensorAt, type DataType } from '@wherry/graph';
import { ends, profileEnd, type End, type IoType } from '@wherry/profiles';
import type { KnownRun } from './report.js';

export interface EndReport {
  readonly end: End;
  /** What the profile says. */
  readonly wanted: IoType;
  readonly has: DataType;
  readonly why: string;
}

/** Nothing of an end that the user decides, nor of a model that was quantized before it was given. */
export function endsOf({ request, place, target, quantized: { graph, plan } }: KnownRun): readonly EndReport[] {
  if (plan === null) return [];
  const decided = { input: request.inputType, output: request.outputType };
  return ends.flatMap((end): EndReport[] => {
    const wanted = target.profile.io[end];
    const values = graph[`${end}s`].filter((_, position) => plan[`${end}s`][position] !== null);
    const other = values.map((id) => tensorAt(graph, id).dtype).find((dtype) => dtype !== wanted);
    if (decided[end] !== undefined || other === undefined) return [];
    const { why = 'a layer there is computed in other numbers' } = profileEnd(target, end, place.scheme);
    return [{ end, wanted, has: other, why }];
  });
}

/** One line for both where they are alike. */
export function endLines(reports: readonly EndReport[]): string[] {
  const whys = [...new Set(reports.map(({ why }) => why))];
  return whys.map((why) => {
    const same = reports.filter((each) => each.why === why);
    const types = [...new Set(same.map(({ has }) => has))].join(' and ');
    const wanted = [...new Set(same.map((each) => each.wanted))].join(' and ');
    return `${same.map(({ end }) => end).join(' and ')} ${types}, not the ${wanted} of the profile: ${why}`;
  });
}
