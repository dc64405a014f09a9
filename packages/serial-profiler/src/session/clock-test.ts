// Whether the device's clock runs at the rate that it states: two readings, held against the clock of this machine.
import { WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import type { Link } from '../link/link.js';
import { readRecord } from './calls.js';

export interface ClockTest {
  readonly statedHz: number;
  readonly measuredHz: number;
  /** Of the measured rate, by what the line took at most: a fraction. */
  readonly uncertainty: number;
}

/** A rate is wrong that is further off than this, beyond the uncertainty. */
const tolerance = 0.01;
/** The reading of these that the line took least for is the one that counts. */
const readings = 5;

export async function testClock(link: Link, statedHz: number, windowMs: number): Promise<ClockTest | null> {
  if (statedHz === 0) return null;
  const first = await read(link);
  await new Promise<void>((resolve) => link.time.after(windowMs, resolve));
  const second = await read(link);
  const elapsed = second.at - first.at;
  const measuredHz = (1000 * (second.ticks - first.ticks)) / elapsed;
  const uncertainty = (first.within + second.within) / elapsed;
  if (Math.abs(measuredHz / statedHz - 1) > tolerance + uncertainty)
    throw new WherryError(deviceDiagnostics.DEVICE_CLOCK, {
      what: `the clock of the device states ${statedHz} ticks a second and makes ${Math.round(measuredHz)} (to ${percent(uncertainty)})`,
      where: link.portName,
      next: 'correct the rate of the clock in the port of the firmware, build and flash it',
    });
  return { statedHz, measuredHz, uncertainty };
}

/** The record is shorter than any part, and so of one moment. Ticks, when they were read, and how far off that moment may be. */
async function read(link: Link): Promise<{ ticks: number; at: number; within: number }> {
  let best = { ticks: 0, at: 0, within: Infinity };
  for (let reading = 0; reading < readings; reading++) {
    const { record, outcome } = await readRecord(link, 'SELF_TEST', 'CLOCK', {});
    const within = (outcome.receivedAt - outcome.sentAt) / 2;
    if (within < best.within) best = { ticks: record.ticks, at: outcome.sentAt + within, within };
  }
  return best;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
