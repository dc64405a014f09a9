// Two schemes in one model: as few layers as will do are raised for accuracy, or lowered so that the model fits.
import { graphCost, type Graph } from '@wherry/graph';
import { mixedUnits } from '@wherry/quantizer';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { confirmMixture, isMixed, type LookedFor } from './confirm-mixture.js';
import { MixSearch, type MixRequest } from './mix-search.js';
import { mixtureTrial, type SchemeTrial } from './scheme-trial.js';
import { tryMade, type AskedOpen } from './try-made.js';

/** Multiply-accumulates of looking for what is sensitive, in all: the plain kernels of 16 bits do about so many in half a minute. */
const greatestWork = 1e10;
const judgedSamples = 16;

/** `asked`: for the low scheme. */
export async function searchMixture(
  engine: RunEngine,
  asked: AskedOpen,
  prepared: Prepared,
  request: MixRequest,
  progress: ProgressSink,
): Promise<LookedFor> {
  const { data, optimized } = prepared;
  const units = mixedUnits(optimized);
  if (data === undefined || units.length < 2) return { trials: [] };
  if (workOf(optimized, units.length) > greatestWork) {
    const why = 'the model is too large to find out which layers to raise';
    return { trials: [mixtureTrial(request, units.length, 'not tried', why)] };
  }
  const search = new MixSearch(engine, asked, prepared, data, request, units);
  progress.begin('mix precision', units.length);
  // Where the scheme to go to does not hold itself, no share of it will.
  const hope = await search.holdsAtMost();
  const order = hope ? await search.order((done) => progress.advance(done)) : units;
  const first = hope ? await search.find(order, (text) => progress.note(text)) : undefined;
  progress.end();
  if (first === undefined || !isMixed(first, units))
    return { trials: [withoutHope(search, request, units.length, hope)] };
  return confirmMixture(search, request, order, first, (raised) =>
    tryMade(engine, asked, prepared, search.made(raised), progress),
  );
}

function withoutHope(search: MixSearch, { low, high, until }: MixRequest, of: number, hope: boolean): SchemeTrial {
  const [verdict, why] =
    until === 'memory'
      ? (['does not fit', `no layer fits in ${high}`] as const)
      : (['too inaccurate', hope ? `it takes all layers in ${high}` : `all layers in ${high} are not enough`] as const);
  return { ...mixtureTrial({ low, high }, of, verdict, why), curve: search.mix([]).curve };
}

function workOf(graph: Graph, units: number): number {
  const { macs, elementOps } = graphCost(graph).total;
  return (macs + elementOps) * judgedSamples * (units + 1);
}
