// What a device refuses, or says against itself, as a sentence with a next act.
import { errorCodes } from '@wherry/device-protocol';
import { WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import type { Link } from '../link/link.js';
import { printed } from '../link/link-errors.js';
import { Refusal } from '../link/refusal.js';
import { Contradiction } from '../link/transfer.js';

/** What is none of a device's is given as it is. */
export function explained(link: Link, error: unknown): unknown {
  const where = link.portName;
  if (error instanceof Refusal && error.code === 'RUN_FAILED')
    return new WherryError(deviceDiagnostics.DEVICE_RUN_FAILED, {
      what: `the runtime gave up with code ${error.detail}${printed(link.heard)}`,
      where,
      next: 'look what the code means in the runtime; an operator that the firmware does not register, or too small an arena, are usual',
    });
  if (error instanceof Contradiction || error instanceof Refusal)
    return new WherryError(deviceDiagnostics.DEVICE_CONTRADICTS, {
      what:
        error instanceof Refusal
          ? `the device refuses what it has to do: ${errorCodes[error.code].says} (${errorCodes[error.code].detail}: ${error.detail})`
          : error.message,
      where,
      next: 'build the firmware anew with this version of the tool and flash it; where it stays, something writes over its memory',
    });
  return error;
}
