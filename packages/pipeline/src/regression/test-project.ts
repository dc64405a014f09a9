// `deploy test`: every model of a project on every profile that it goes to, against the baselines beside it.
import { diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import type { ProgressSink } from '../progress.js';
import { toolVersion } from '../tool.js';
import type { Baseline } from './baseline.js';
import { baselineName, readBaseline, removeBaseline, type BaselinePlace, type PairName } from './baseline-folder.js';
import { regressionDiagnostics } from './diagnostics.js';
import { changed, holdChanges, type Change } from './hold-changes.js';
import type { DeviceLine } from './measure-pair.js';
import { judge, withoutNewSeries, type Judged } from './judge.js';
import { obsoleteBaselines } from './obsolete-baselines.js';
import type { PairToTest } from './pairs.js';
import { runPair, type RunPairHost } from './run-pair.js';
import { failures, type TestedPair, type TestResult } from './test-result.js';
import { tiers as allTiers, type Tier } from './tier.js';

export interface TestRequest {
  readonly pairs: readonly PairToTest[];
  /** Whether these are all pairs of the project: baselines of others are then of no use to anybody. */
  readonly areAll: boolean;
  /** Nothing is run: baselines that nothing of the whole project is compared with are looked for. */
  readonly onlyObsolete?: boolean | undefined;
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
 * BASELINE_UPDATE_IN_CI and BASELINE_UNREADABLE.
 */
export async function testProject(request: TestRequest, host: TestHost, progress: ProgressSink): Promise<TestResult> {
  const { pairs, update, inCi, areAll, baselines, failOnNewSeries = false, onlyObsolete = false } = request;
  if (onlyObsolete) requireAll(request);
  else requireOneDevice(request);
  if (update && inCi)
    throw new WherryError(regressionDiagnostics.BASELINE_UPDATE_IN_CI, {
      what: '--update is given, and the variable CI is set',
      next: 'run `deploy test --update` where you work, look at what moved in git, and commit it',
    });
  const found: TestedPair[] = [];
  for (const pair of onlyObsolete ? [] : pairs) found.push(...(await testPair(pair, request, host, progress)));
  const tested = failOnNewSeries ? found.map(withoutNewSeries) : found;
  if (!onlyObsolete && tested.every(({ verdict }) => verdict === 'left out')) throw nothingTested(tested);
  const obsolete = areAll ? await obsoleteBaselines(baselines, pairs) : [];
  // Whoever has just read of errors has not looked at what is to go.
  const removes = update && tested.every(({ verdict }) => verdict !== 'error');
  const tiers = allTiers.filter((tier) => request.tiers.includes(tier));
  const { removed, refused } = await removeObsolete(baselines.folder, removes ? obsolete : [], tiers);
  const all = [...tested, ...refused];
  const left = obsolete.filter((each) => !removed.includes(each));
  return {
    schemaVersion: 1,
    ok: !all.some(({ verdict }) => failures.has(verdict)) && left.length === 0,
    tool: { name: 'wherry', version: toolVersion },
    tiers,
    pairs: all,
    obsolete: left.map(baselineName),
    removed: removed.map(baselineName),
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
  const changes: Change[] = [];
  let before: Baseline | undefined;
  try {
    let baseline = (before = await readBaseline(baselines, name));
    const follow = (change: Change): void => {
      changes.push(change);
      baseline = changed(baseline ?? { project: baselines.project, ...name }, change);
    };
    const own = progressOf(progress, `${name.model} on ${name.profile}`);
    for await (const one of runPair(pair, { tiers: asked, device }, host, own)) {
      if ('why' in one) {
        const held = baseline?.[one.tier] !== undefined;
        if (held && update) follow(one);
        const verdict = held ? (update ? 'updated' : 'failed') : 'left out';
        say({ ...nothing, tier: one.tier, verdict, why: held ? `${one.why}, and the baseline holds it` : one.why });
      } else if (update) {
        say({ ...judge(baseline, one), verdict: 'updated', why: null });
        follow(one);
      } else say(judge(baseline, one));
    }
  } catch (error) {
    host.signal?.throwIfAborted();
    const tier = asked.find((each) => results.every((result) => result.tier !== each)) ?? asked.at(-1)!;
    say({ ...nothing, tier, verdict: 'error', why: null, error: diagnosticOf(error) });
  }
  // What was said to be updated is, whatever became of the tiers behind it.
  if (changes.length === 0) return results;
  const hold = (): Promise<ReadonlySet<Tier>> => holdChanges(baselines, { pair: name, before, changes });
  try {
    const replaced = await (host.during ?? always)(`${baselines.folder}/${baselineName(name)}`, hold);
    return results.map((each) => (replaced.has(each.tier) ? withReplaced(each) : each));
  } catch (error) {
    // What was measured meanwhile, here and of other pairs, is told all the same.
    const failed = { ...nothing, verdict: 'error', why: null, error: diagnosticOf(error) } as const;
    return results.map((each) => (each.verdict === 'updated' ? { ...name, tier: each.tier, ...failed } : each));
  }
}

function withReplaced(tested: TestedPair): TestedPair {
  const warning = diagnose(regressionDiagnostics.BASELINE_REPLACED, {
    what: 'another run had made something else the baseline since this one began; it is what this run measured now',
    next: 'look at the difference in git; where two runs work on one project, let them test one after the other',
  });
  return { ...tested, warnings: [...tested.warnings, warning] };
}

/** Gives those that are still there, and what each of them was refused for. */
async function removeObsolete(
  folder: string,
  obsolete: readonly PairName[],
  [tier]: readonly Tier[],
): Promise<{ readonly removed: readonly PairName[]; readonly refused: readonly TestedPair[] }> {
  const [removed, refused]: [PairName[], TestedPair[]] = [[], []];
  for (const name of obsolete) {
    try {
      await removeBaseline(folder, name);
      removed.push(name);
    } catch (error) {
      refused.push({ ...name, ...nothing, tier: tier!, verdict: 'error', why: null, error: diagnosticOf(error) });
    }
  }
  return { removed, refused };
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

/** A share says nothing of what the rest is compared with. */
function requireAll({ areAll }: TestRequest): void {
  if (areAll) return;
  throw new WherryError(regressionDiagnostics.TEST_NOTHING, {
    what: '--only-obsolete is given, and a part of the project is named',
    next: 'leave the names of models and --profile away: obsolete is what nothing of the whole project is compared with',
  });
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
