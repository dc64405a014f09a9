// Whether the device's clock runs at the rate that it states: two readings, held against the clock of this machine.
import { WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import type { Link } from '../link/link.js';
import type { Time } from '../time.js';
import { readRecord } from './calls.js';

export interface ClockTest {
  readonly statedHz: number;
  readonly measuredHz: number;
  /** Of the measured rate, by what the line took at most: a fraction. */
  readonly uncertainty: number;
}

/** A rate is wrong that is further off than this, beyond the uncertainty. */
export const clockTolerance = 0.01;
/** What is waited for on a slow line: otherwise a clock that is far off would be within the uncertainty. */
export const smallUncertainty = 0.005;
/** How many windows are waited for at most. */
const mostWindows = 10;
/** One of so many counts. */
const readings = 5;

/** Ticks, when they were read, and how far off that moment may be. */
export interface ClockReading {
  readonly ticks: number;
  readonly at: number;
  readonly within: number;
}

export interface ClockQuestion {
  readonly read: () => Promise<ClockReading>;
  readonly time: Time;
  readonly where: string;
  readonly statedHz: number;
  readonly windowMs: number;
  /** Where ticks begin at 0 again; they may once. */
  readonly wrapsAt?: number;
}

/** Throws DEVICE_CLOCK. */
export async function clockTest({ read, time, where, statedHz, windowMs, wrapsAt }: ClockQuestion): Promise<ClockTest> {
  const first = await best(read);
  const { second, elapsed, uncertainty } = await later(first, { read, time, windowMs });
  const ticks = second.ticks - first.ticks;
  const measuredHz = (1000 * (ticks < 0 && wrapsAt !== undefined ? ticks + wrapsAt : ticks)) / elapsed;
  if (Math.abs(measuredHz / statedHz - 1) > clockTolerance + uncertainty)
    throw new WherryError(deviceDiagnostics.DEVICE_CLOCK, {
      what: `the clock of the device states ${statedHz} ticks a second and makes ${Math.round(measuredHz)} (to ${percent(uncertainty)})`,
      where,
      next: 'correct the rate of the clock in the port of the firmware, build and flash it',
    });
  return { statedHz, measuredHz, uncertainty };
}

/** A reading that is late enough for the two to be exact, as far as that may be waited for. */
async function later(
  first: ClockReading,
  { read, time, windowMs }: Pick<ClockQuestion, 'read' | 'time' | 'windowMs'>,
): Promise<{ readonly second: ClockReading; readonly elapsed: number; readonly uncertainty: number }> {
  let needed = windowMs;
  for (;;) {
    const wait = first.at + needed - time.now();
    await new Promise<void>((resolve) => time.after(wait, resolve));
    const second = await best(read);
    const elapsed = second.at - first.at;
    const within = first.within + second.within;
    const most = mostWindows * windowMs;
    if (within / elapsed <= smallUncertainty || elapsed >= most)
      return { second, elapsed, uncertainty: within / elapsed };
    needed = Math.min(most, Math.max(within / smallUncertainty, elapsed + windowMs));
  }
}

export async function testClock(link: Link, statedHz: number, windowMs: number): Promise<ClockTest | null> {
  if (statedHz === 0) return null;
  const { time, portName: where } = link;
  return clockTest({ read: () => read(link), time, where, statedHz, windowMs });
}

/** The reading that the line took least for. */
async function best(read: () => Promise<ClockReading>): Promise<ClockReading> {
  let least = await read();
  for (let reading = 1; reading < readings; reading++) {
    const one = await read();
    if (one.within < least.within) least = one;
  }
  return least;
}

/** The record is shorter than any part, and so of one moment. */
async function read(link: Link): Promise<ClockReading> {
  const { record, outcome } = await readRecord(link, 'SELF_TEST', 'CLOCK', {});
  const within = (outcome.receivedAt - outcome.sentAt) / 2;
  return { ticks: record.ticks, at: outcome.sentAt + within, within };
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
