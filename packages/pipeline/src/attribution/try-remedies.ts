// Tries what may help: a deployment with each setting, judged on samples that none of them was made from.
import { WherryError, type Engine, type Graph, type TensorData } from '@wherry/graph';
import type { ProfileLibrary } from '@wherry/profiles';
import { blockOf, convinces, gainOf, quantizeFeeds, type SampleErrors } from '@wherry/quantizer';
import { attempt } from '../deploy.js';
import type { DeployHost, DeployRequest } from '../deployment.js';
import { dataSettings, openGraphData } from '../inputs/datasets.js';
import { placesApart, samplesAt } from '../inputs/shared-samples.js';
import { noProgress, type ProgressSink } from '../progress.js';
import { readModel } from '../read-model.js';
import { targetOfRequest } from '../target-rules.js';
import type { Attribution } from './attribution.js';
import type { Remedies, TriedRemedy } from './explanation.js';
import { comparedPlaces, OutputNoise } from './output-noise.js';
import { possibleSchemes, possibleSettings, type LossInScheme, type PossibleRemedy } from './possible-remedies.js';
import { realForm } from './real-form.js';

/** Samples to judge by, spread evenly. */
const judged = 96;
/** In standard errors: what a remedy has to gain beyond chance. */
const demand = { margin: 0, certainty: 2 };

interface Loss extends LossInScheme {
  readonly quantized: Graph;
  readonly attribution: Attribution;
  /** The deployment was refused for its accuracy. */
  readonly breaksLimit: boolean;
  /** Other samples than those of calibration are evaluated. */
  readonly isJudgedApart: boolean;
}

export async function tryRemedies(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  loss: Loss,
  progress: ProgressSink,
): Promise<Remedies> {
  if (loss.attribution.healthy) return { samples: 0, tried: [], notTried: nothingToMend };
  if (!loss.isJudgedApart) return { samples: 0, tried: [], notTried: apart };
  const target = targetOfRequest(library, request);
  const settings = possibleSettings(request, target, loss);
  const schemes = loss.breaksLimit ? possibleSchemes(request, target, loss.scheme) : [];
  const { optimized } = await readModel(request, host, false);
  const samples = await remedySamples(request, optimized);
  if (samples.length === 0) return { samples: 0, tried: [], notTried: apart };
  const judge = await remedyJudge(optimized, await host.engine(), samples);
  const before = await judge.errorsOf(loss.quantized);
  progress.begin('try remedies', settings.length);
  let done = 0;
  const tryIt = async (remedy: PossibleRemedy): Promise<TriedRemedy> => {
    progress.note(`try ${remedy.options}`);
    const tried = await tryOne(remedy, request, library, host, { judge, before });
    progress.advance(++done);
    return tried;
  };
  const tried: TriedRemedy[] = [];
  for (const remedy of settings) tried.push(await tryIt(remedy));
  tried.sort((a, b) => orderOf(b) - orderOf(a));
  for (const remedy of schemes) {
    if (tried.some(gains)) break;
    tried.push(await tryIt(remedy));
  }
  progress.end();
  return { samples: before.judged.length, tried, notTried: null };
}

/** Of those that a deployment is evaluated on, the ones that it is not made from. */
export async function remedySamples(
  request: Pick<DeployRequest, 'evaluation' | 'calibration' | 'samples' | 'preprocessing' | 'labels' | 'task'>,
  optimized: Graph,
): Promise<readonly (readonly TensorData[])[]> {
  const open = (given: DeployRequest['evaluation']) => openGraphData(given, optimized, dataSettings(request));
  const data = await open(request.evaluation);
  const others = request.calibration === undefined ? undefined : await open(request.calibration);
  return samplesAt(data, await placesApart(data, others), judged);
}

function gains({ verdict }: TriedRemedy): boolean {
  return verdict === 'gain';
}

function orderOf({ verdict, gainDb }: TriedRemedy): number {
  return (verdict === 'gain' ? 1e3 : verdict === 'refused' ? -1e3 : 0) + (gainDb ?? 0);
}

const nothingToMend = 'there is nothing to mend';

const apart =
  'what would help is judged on samples that it was not made from: give --evaluation with other samples than --calibration';

async function tryOne(
  { options, changes }: PossibleRemedy,
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  { judge, before }: { readonly judge: RemedyJudge; readonly before: SampleErrors },
): Promise<TriedRemedy> {
  const refusedBy = ({ definition }: WherryError): TriedRemedy => ({
    ...{ options, changes, gainDb: null, verdict: 'refused', why: definition.code },
  });
  try {
    const { deployment, refused } = await attempt({ ...request, ...changes }, library, host, noProgress);
    if (refused !== undefined) return refusedBy(refused.refusal);
    const after = await judge.errorsOf(deployment.quantized.graph);
    const gain = gainOf(before, after);
    const isLoss = convinces(gainOf(after, before), demand);
    const verdict = convinces(gain, demand) ? 'gain' : isLoss ? 'loss' : 'within chance';
    return { options, changes, gainDb: gain.judgedDb, verdict, why: null };
  } catch (error) {
    if (error instanceof WherryError) return refusedBy(error);
    throw error;
  }
}

interface RemedyJudge {
  errorsOf(quantized: Graph): Promise<SampleErrors>;
}

async function remedyJudge(
  float: Graph,
  engine: Engine,
  samples: readonly (readonly TensorData[])[],
): Promise<RemedyJudge> {
  const runAll = async (graph: Graph, outputs: readonly number[]): Promise<TensorData[][]> => {
    const executor = await engine.prepare({ ...graph, outputs });
    try {
      const found: TensorData[][] = [];
      for (const feeds of samples)
        found.push((await executor.run(quantizeFeeds(graph, feeds))).map((data) => data.slice()));
      return found;
    } finally {
      executor.dispose();
    }
  };
  return {
    errorsOf: async (quantized) => {
      const { reference, other } = comparedPlaces(float, realForm(quantized, () => undefined).graph);
      const expected = await runAll(
        float,
        reference.map(({ id }) => id),
      );
      const noise = new OutputNoise(reference, expected);
      const given = await runAll(quantized, other);
      const errors = given.map((values, i) => noise.of(i, values, quantized, other));
      return { reported: errors, judged: errors, blocks: errors.map((_, i) => blockOf(i, errors.length)) };
    },
  };
}
