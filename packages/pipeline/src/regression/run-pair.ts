// One model on one profile: the chain on this machine, then the emulated board or the device, as far as it is asked for.
import type { Engine } from '@wherry/graph';
import { findProfile } from '@wherry/profiles';
import { requestOf, type DeploySettings } from '../config/deploy-settings.js';
import { attempt } from '../deploy.js';
import type { Deployment } from '../deployment.js';
import { deployHost } from '../host.js';
import { boardFor } from '../measure/counting-boards.js';
import type { ProgressSink } from '../progress.js';
import type { EngineName } from '../tool.js';
import type { Measured } from './judge.js';
import { measurePair, type DeviceLine } from './measure-pair.js';
import { hostMetrics } from './metrics/host-metrics.js';
import { measuredMetrics } from './metrics/measured-metrics.js';
import type { PairToTest } from './pairs.js';
import type { Tier } from './tier.js';

export interface RunPairHost {
  readonly engine?: EngineName | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A folder with more profiles. */
  readonly profiles?: string | undefined;
}

/** A tier that the pair has nothing for. */
export interface LeftOut {
  readonly tier: Tier;
  readonly why: string;
}

/** In the order of the tiers. Throws whatever a run is refused for. */
export async function* runPair(
  { model, profile, id, library }: PairToTest,
  { tiers, device }: { readonly tiers: readonly Tier[]; readonly device?: DeviceLine | undefined },
  { engine, signal, profiles }: RunPairHost,
  progress: ProgressSink,
): AsyncGenerator<Measured | LeftOut> {
  const isEmulated = boardFor(findProfile(library, id).profile) !== undefined;
  const leftOut: LeftOut = { tier: 'emu', why: `no emulated board stands in for ${id}` };
  if (!isEmulated && tiers.every((tier) => tier === 'emu')) {
    yield leftOut;
    return;
  }
  const host = deployHost(engine, { signal, keepImported: true });
  const request = requestOf({ ...model.settings, profile: id }, ['model', 'profile']);
  const { deployment, refused } = await attempt(request, library, host, progress);
  if (refused !== undefined) throw refused.refusal;
  if (tiers.includes('host')) yield { tier: 'host', series: null, ...(await measuredHere(deployment, model.settings)) };
  for (const tier of ['emu', 'hw'] as const) {
    if (!tiers.includes(tier)) continue;
    if (tier === 'emu' && !isEmulated) {
      yield leftOut;
      continue;
    }
    const place = { profile, profiles, ...(tier === 'hw' ? { device } : {}) };
    const engineOf = (): Promise<Engine> => host.engine();
    const { series, measurement } = await measurePair(
      deployment,
      place,
      { engine: engineOf, signal, library },
      progress,
    );
    yield { tier, series, metrics: measuredMetrics(measurement), warnings: measurement.warnings };
  }
}

async function measuredHere(
  deployment: Deployment,
  settings: DeploySettings,
): Promise<Pick<Measured, 'metrics' | 'warnings'>> {
  return { metrics: await hostMetrics(deployment, settings), warnings: deployment.warnings };
}
