// Which samples of one data set another one holds as well: by their values, in whatever files, order or company they come.
import { sampleDigest } from '@wherry/calibration-data';
import type { TensorData } from '@wherry/graph';
import type { GraphData } from './datasets.js';

type Inputs = readonly TensorData[];

/** Places, in the order of the data, of samples of `data` that are none of `others`. */
export async function placesApart(data: GraphData, others: GraphData | undefined): Promise<readonly number[]> {
  const known = new Set<string>();
  if (others !== undefined) for await (const { inputs } of others.dataset.samples()) known.add(sampleDigest(inputs));
  const places: number[] = [];
  let place = 0;
  for await (const { inputs } of data.dataset.samples()) {
    if (!known.has(sampleDigest(inputs))) places.push(place);
    place += 1;
  }
  return places;
}

/** At most so many of those at `places`, spread evenly over them. */
export async function samplesAt(
  { dataset }: GraphData,
  places: readonly number[],
  most: number,
): Promise<readonly Inputs[]> {
  const step = Math.max(1, places.length / most);
  const taken = new Set(Array.from({ length: Math.min(most, places.length) }, (_, i) => places[Math.floor(i * step)]!));
  const found: Inputs[] = [];
  let place = 0;
  for await (const { inputs } of dataset.samples()) if (taken.has(place++)) found.push(inputs);
  return found;
}
