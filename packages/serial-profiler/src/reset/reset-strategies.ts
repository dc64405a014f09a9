// How boards are started anew over their port: steps as data, and what carries them out.
import type { ResetName } from '@wherry/profiles';
import type { Port, SignalLevels } from '../port.js';
import type { Time } from '../time.js';

/** Sets the lines, or the speed, and keeps it for a while. */
type Step = (SignalLevels | { readonly baud: number }) & { readonly holdMs: number };

export const resetStrategies: { readonly [N in ResetName]: readonly Step[] } = {
  none: [],
  // Two transistors: RTS alone pulls EN down, DTR alone GPIO0. The chip's own USB Serial/JTAG reads the lines the same way.
  'esp-dtr-rts': [
    { dtr: false, rts: true, holdMs: 100 },
    { dtr: false, rts: false, holdMs: 50 },
  ],
  // A capacitor between DTR and the reset: its falling edge starts the board, whose boot loader then waits a while.
  'dtr-pulse': [
    { dtr: false, rts: false, holdMs: 250 },
    { dtr: true, rts: true, holdMs: 50 },
  ],
  // Boards with USB of their own start their boot loader when the port is opened so slowly and left.
  'touch-1200-bps': [
    { baud: 1200, holdMs: 10 },
    { dtr: false, rts: false, holdMs: 100 },
  ],
};

/** False where nothing was done: the strategy is `none`, or the port has no such lines. */
export async function resetOver(port: Port, name: ResetName, time: Time): Promise<boolean> {
  const steps = resetStrategies[name];
  if (port.signals === undefined || steps.length === 0) return false;
  for (const { holdMs, ...step } of steps) {
    if ('baud' in step) await port.signals.setBaud(step.baud);
    else if (!(await port.signals.set(step))) return false;
    await new Promise<void>((resolve) => time.after(holdMs, resolve));
  }
  return true;
}
