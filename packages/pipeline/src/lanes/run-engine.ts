// What a run's graphs run on: lanes where the model is worth it, else this thread.
import type { Engine, Graph } from '@wherry/graph';
import type { CalibrateOptions } from '@wherry/quantizer';
import type { DeployHost, DeployRequest } from '../deployment.js';
import { defaultSampleLimit } from '../inputs/datasets.js';
import { responsiveEngine } from '../responsive-engine.js';

export interface RunEngine extends Engine {
  readonly openCalibration?: CalibrateOptions['openLanes'];
  /** Gives back what is not needed until the next graph is prepared. */
  rest(): Promise<void>;
}

export async function openEngine(host: DeployHost, graph: Graph, request: DeployRequest): Promise<RunEngine> {
  const lanes = host.lanes?.(graph, request.samples ?? defaultSampleLimit);
  if (lanes !== undefined) return lanes;
  return { ...responsiveEngine(await host.engine(), host.signal), rest: () => Promise.resolve() };
}
