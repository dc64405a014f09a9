// How long an inference takes: several windows, each long enough for the clock and for chance, their median and their spread.
import { WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import type { Session, TimedRun } from './session.js';

export interface WindowPolicy {
  readonly windows: number;
  /** The least of each window, in both. */
  readonly windowMs: number;
  readonly inferences: number;
  /** Inferences before each window that are not counted. */
  readonly warmUp: number;
  /** The most that the device is silent for in one run, while it works. */
  readonly runMs: number;
}

export const usualWindows: WindowPolicy = { windows: 5, windowMs: 10_000, inferences: 10, warmUp: 1, runMs: 20_000 };

/** Of one inference. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The median of how far the windows are from their median: one that was disturbed does not move it. */
  readonly mad: number;
}

export interface Timing {
  /** A clock that counts executed instructions says nothing of milliseconds. */
  readonly unit: 'ms' | 'instructions';
  /** All counted ones together. */
  readonly inferences: number;
  readonly windows: number;
  readonly inference: Spread;
  /** Null for an operator with more ticks in one inference than the device counts. */
  readonly operators: readonly (Spread | null)[];
}

/** Of one window, each per inference. */
interface Window {
  readonly inferences: number;
  readonly ticks: number;
  readonly operators: readonly (number | null)[];
}

/** Whoever times inferences, in ticks of a clock that is known. */
export interface Timed extends Pick<Session, 'time'> {
  readonly identity: { readonly clockHz: number };
}

/** The device gives 32 bits for the ticks of an operator in all inferences of a run. */
const mostTicks = 2 ** 32 - 1;

/** Instructions are counted twice, to see that the counts are equal; time is measured in windows. Throws WherryError. */
export async function timeWindows(
  session: Timed,
  inputs: readonly Uint8Array[],
  policy: WindowPolicy = usualWindows,
): Promise<Timing> {
  const { clockHz } = session.identity;
  if (clockHz === 0) return timingOf('instructions', 1, [await once(session, inputs), await once(session, inputs)]);
  const perMs = clockHz / 1000;
  // A clock that is off is found by its own test, one that stands still here.
  let estimate = await firstEstimate(session, inputs, policy.warmUp);
  const windows: Window[] = [];
  while (windows.length < policy.windows) {
    const window = await oneWindow(session, inputs, { policy, perMs, estimate });
    if (window.ticks === 0) throw standsStill();
    estimate = window.ticks;
    windows.push(window);
  }
  return timingOf('ms', perMs, windows);
}

async function once(session: Timed, inputs: readonly Uint8Array[]): Promise<Window> {
  return windowOf([await session.time(inputs, { count: 1, warmUp: 0 })], 1);
}

/** A tick may be longer than many inferences. */
const mostForOneTick = 10_000;

/** Ticks of one inference, more than 0. */
async function firstEstimate(session: Timed, inputs: readonly Uint8Array[], warmUp: number): Promise<number> {
  for (let count = 1; count <= mostForOneTick; count *= 10) {
    const { ticks } = await session.time(inputs, { count, warmUp: count === 1 ? warmUp : 0 });
    if (ticks > 0) return ticks / count;
  }
  throw standsStill();
}

/** Runs until the window is as long as it has to be; none of them keeps the device silent for too long. */
async function oneWindow(
  session: Timed,
  inputs: readonly Uint8Array[],
  { policy, perMs, estimate }: { readonly policy: WindowPolicy; readonly perMs: number; readonly estimate: number },
): Promise<Window> {
  const runs: TimedRun[] = [];
  let inferences = 0;
  let ticks = 0;
  let mostOfRun = Math.min(mostTicks, policy.runMs * perMs);
  for (;;) {
    const each = inferences === 0 ? estimate : ticks / inferences;
    const most = Math.max(1, Math.floor(mostOfRun / each));
    const missing = Math.max(policy.inferences - inferences, Math.ceil((policy.windowMs * perMs - ticks) / each));
    if (missing <= 0) return windowOf(runs, inferences);
    const count = Math.min(missing, most);
    const run = await session.time(inputs, { count, warmUp: runs.length === 0 ? policy.warmUp : 0 });
    if (run.ticks === 0) throw standsStill();
    // Inferences that took longer than the estimate: fewer of them fit.
    if (count > 1 && !areCounted(run.operators)) {
      mostOfRun = Math.min(mostOfRun, each * count) / 2;
      continue;
    }
    runs.push(run);
    inferences += count;
    ticks += run.ticks;
  }
}

function windowOf(runs: readonly TimedRun[], inferences: number): Window {
  const operators = runs[0]!.operators.map((_, at) => {
    const each = runs.map((run) => run.operators[at] ?? null);
    return areCounted(each) ? sum(each) / inferences : null;
  });
  return { inferences, ticks: sum(runs.map(({ ticks }) => ticks)) / inferences, operators };
}

function timingOf(unit: Timing['unit'], perUnit: number, windows: readonly Window[]): Timing {
  const inUnit = (ticks: number): number => ticks / perUnit;
  return {
    unit,
    inferences: sum(windows.map(({ inferences }) => inferences)),
    windows: windows.length,
    inference: spreadOf(windows.map(({ ticks }) => inUnit(ticks))),
    operators: windows[0]!.operators.map((_, at) => {
      const each = windows.map(({ operators }) => operators[at] ?? null);
      return areCounted(each) ? spreadOf(each.map(inUnit)) : null;
    }),
  };
}

function areCounted(each: readonly (number | null)[]): each is readonly number[] {
  return !each.includes(null);
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = inOrder(values);
  const median = medianOf(sorted);
  const mad = medianOf(inOrder(values.map((value) => Math.abs(value - median))));
  return { median, least: sorted[0]!, most: sorted.at(-1)!, mad };
}

function inOrder(values: readonly number[]): readonly number[] {
  return [...values].sort((one, other) => one - other);
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}

function standsStill(): WherryError {
  return new WherryError(deviceDiagnostics.DEVICE_CLOCK, {
    what: 'the clock of the device stands still: inferences took no ticks at all',
    next: 'start the timer in the port of the firmware before it is read, build and flash it',
  });
}
