// Puts the versions of a runtime on the one time axis that kernel tables use: the upstream date.
import type { RuntimeKernels } from './runtime-kernels.js';

/** What a runtime has since an upstream date; without one, it always had it. */
type Dated = { readonly since?: string };

/** YYYY-MM-DD of the upstream state a version was made from. Null: the table does not know the version. */
export function upstreamDate(kernels: RuntimeKernels, version: string): string | null {
  const release = kernels.releases.find((each) => each.version === version);
  if (release !== undefined) return release.upstream;
  return kernels.releases.length === 0 && /^\d{4}-\d{2}-\d{2}$/.test(version) ? version : null;
}

/** Whether a runtime made from that upstream state has the row. Dates compare as text. */
export function isInUpstream(row: Dated, upstream: string): boolean {
  return row.since === undefined || row.since <= upstream;
}

/** The oldest version that has the row, as users write it. */
export function firstVersionWith(kernels: RuntimeKernels, row: Dated): string {
  const since = row.since ?? '';
  if (kernels.releases.length === 0) return since;
  return kernels.releases.find((release) => release.upstream >= since)?.version ?? `a release after ${since}`;
}

/** Negative where `a` is the older of two versions of one runtime: dotted numbers or dates, part by part. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
