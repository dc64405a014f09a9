// `deploy test`: every model of a project on every profile that it goes to, against the baselines beside it.
import { WherryError, type Diagnostic } from '@wherry/graph';
import type { ProgressSink } from '../progress.js';
import { toolVersion } from '../tool.js';
import type { Baseline } from './baseline.js';
import { baselineName, type BaselinePlace, readBaseline, removeBaseline, writeBaseline } from './baseline-folder.js';
import { regressionDiagnostics } from './diagnostics.js';
import type { DeviceLine } from './measure-pair.js';
import { judge, updated, withoutNewSeries, type Judged } from './judge.js';
import { obsoleteBaselines } from './obsolete-baselines.js';
import type { PairToTest } from './pairs.js';
import { runPair, type RunPairHost } from './run-pair.js';
import { failures, type TestedPair, type TestResult } from './test-result.js';
import { tiers as allTiers, type Tier } from './tier.js';

export interface TestRequest {
  readonly pairs: readonly PairToTest[];
  /** Whether these are all pairs of the project: baselines of others are then of no use to anybody. */
  readonly areAll: boolean;
  readonly tiers: readonly Tier[];
  readonly baselines: BaselinePlace;
  /** Baselines become what is measured. */
  readonly update: boolean;
  /** A series that the baseline does not hold fails. */
  readonly failOnNewSeries?: boolean | undefined;
  /** A machine runs it that nobody looks at. */
  readonly inCi: boolean;
  /** For the tier `hw`. */
  readonly device?: DeviceLine | undefined;
}

export interface TestHost extends RunPairHost {
  /** Keeps an interruption from coming between. */
  readonly during?: <T>(what: string, write: () => Promise<T>) => Promise<T>;
}

/**
 * Whatever goes wrong with one pair is its result, and the others are tested all the same; an aborted signal is thrown. Throws
 * BASELINE_UPDATE_IN_CI, BASELINE_UNREADABLE and OUTPUT_FAILED.
 */
export async function testProject(request: TestRequest, host: TestHost, progress: ProgressSink): Promise<TestResult> {
  const { pairs, update, inCi, areAll, baselines, failOnNewSeries = false } = request;
  requireOneDevice(request);
  if (update && inCi)
    throw new WherryError(regressionDiagnostics.BASELINE_UPDATE_IN_CI, {
      what: '--update is given, and the variable CI is set',
      next: 'run `deploy test --update` where you work, look at what moved in git, and commit it',
    });
  const found: TestedPair[] = [];
  for (const pair of pairs) found.push(...(await testPair(pair, request, host, progress)));
  const tested = failOnNewSeries ? found.map(withoutNewSeries) : found;
  if (tested.every(({ verdict }) => verdict === 'left out')) throw nothingTested(tested);
  const obsolete = areAll ? await obsoleteBaselines(baselines, pairs) : [];
  // Whoever has just read of errors has not looked at what is to go.
  const removes = update && tested.every(({ verdict }) => verdict !== 'error');
  if (removes) for (const name of obsolete) await removeBaseline(baselines.folder, name);
  const names = obsolete.map(baselineName);
  return {
    schemaVersion: 1,
    ok: !tested.some(({ verdict }) => failures.has(verdict)) && (removes || obsolete.length === 0),
    tool: { name: 'wherry', version: toolVersion },
    tiers: allTiers.filter((tier) => request.tiers.includes(tier)),
    pairs: tested,
    obsolete: removes ? [] : names,
    removed: removes ? names : [],
  };
}

async function testPair(
  pair: PairToTest,
  { tiers, update, device, baselines }: TestRequest,
  host: TestHost,
  progress: ProgressSink,
): Promise<readonly TestedPair[]> {
  const name = { model: pair.model.name, profile: pair.id };
  const asked = allTiers.filter((tier) => tiers.includes(tier));
  const results: TestedPair[] = [];
  const say = (judged: Judged): void => void results.push({ ...name, ...judged });
  let written: Baseline | undefined;
  try {
    let baseline = await readBaseline(baselines, name);
    const own = progressOf(progress, `${name.model} on ${name.profile}`);
    for await (const one of runPair(pair, { tiers: asked, device }, host, own)) {
      if ('why' in one) {
        const held = baseline?.[one.tier] !== undefined;
        if (held && update) written = baseline = { ...baseline!, [one.tier]: undefined };
        const verdict = held ? (update ? 'updated' : 'failed') : 'left out';
        say({ ...nothing, tier: one.tier, verdict, why: held ? `${one.why}, and the baseline holds it` : one.why });
      } else if (update) {
        const before = judge(baseline, one);
        written = baseline = updated(baseline ?? { project: baselines.project, ...name }, one);
        say({ ...before, verdict: 'updated', why: null });
      } else say(judge(baseline, one));
    }
  } catch (error) {
    host.signal?.throwIfAborted();
    const tier = asked.find((each) => results.every((result) => result.tier !== each)) ?? asked.at(-1)!;
    say({ ...nothing, tier, verdict: 'error', why: null, error: diagnosticOf(error) });
  }
  // What was said to be updated is, whatever became of the tiers behind it.
  const baseline = written;
  const { folder } = baselines;
  if (baseline !== undefined)
    await (host.during ?? always)(`${folder}/${baselineName(name)}`, () => writeBaseline(folder, baseline));
  return results;
}

/** What is at work belongs to a pair. */
function progressOf(progress: ProgressSink, pair: string): ProgressSink {
  return { ...progress, begin: (stage, total) => progress.begin(`${pair}: ${stage}`, total) };
}

const nothing = { series: null, moved: [], metrics: 0, differences: [], nearest: null, error: null, warnings: [] };
const always = <T>(_what: string, write: () => Promise<T>): Promise<T> => write();

/** Anything but a refusal in words is a bug, and ends the run. */
function diagnosticOf(error: unknown): Diagnostic {
  if (error instanceof WherryError) return error.diagnostic;
  throw error;
}

/** A firmware holds one model, and a port has one device. */
function requireOneDevice({ tiers, device, pairs }: TestRequest): void {
  const isDevice = tiers.includes('hw');
  const what = !isDevice
    ? device !== undefined && 'a port is given, and nothing is measured on a device'
    : device === undefined
      ? 'the tier hw is asked for, and no port is given'
      : pairs.length > 1 && `the tier hw is asked for, and ${pairs.length} pairs of model and profile`;
  if (what === false) return;
  throw new WherryError(regressionDiagnostics.TEST_NOTHING, {
    what,
    next: 'for the device at a port: `deploy test MODEL --profile ID --tier hw --port PATH`, with the one model that its firmware holds',
  });
}

function nothingTested(tested: readonly TestedPair[]): WherryError {
  return new WherryError(regressionDiagnostics.TEST_NOTHING, {
    what: [...new Set(tested.map(({ why }) => why))].join('; '),
    next: 'test it with --tier host, or on the device itself with --tier hw --port PATH',
  });
}
