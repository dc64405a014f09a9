// Names some of the samples, so that they can be found in the data.
const shown = 8;

/** `sample 3`, `samples 0 to 19, 24`, `samples a.png, b.png and 12 more`. Numbers in a row count as one name. */
export function sampleList(ids: readonly string[]): string {
  const runs: { first: string; last: string; count: number }[] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run !== undefined && isNext(run.last, id)) Object.assign(run, { last: id, count: run.count + 1 });
    else runs.push({ first: id, last: id, count: 1 });
  }
  const named = runs.slice(0, shown);
  const more = ids.length - named.reduce((sum, { count }) => sum + count, 0);
  const names = named.map(({ first, last, count }) => (count === 1 ? first : `${first} to ${last}`));
  return `${ids.length === 1 ? 'sample' : 'samples'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isNext(id: string, other: string): boolean {
  return /^\d+$/.test(id) && Number(id) + 1 === Number(other);
}
