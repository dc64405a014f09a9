// A port to an emulator, which can be started again, and neither plugged in nor pressed a button of.
import type { Port } from '../port.js';
import { processPort, said } from './process-port.js';

/** `name`: of the emulator, as messages call it. `program` ends where its input does: killed, it could not end what it has started. */
export function emulatedPort(name: string, program: string, parameters: readonly string[]): Port {
  const port = processPort(program, parameters, { endsWithInput: true });
  return {
    ...port,
    name,
    isEmulated: true,
    suspect: () =>
      `run again; where it is silent again, the program on the board hangs or has a fault: report it with the model${said(port.errors(), '; the emulator said last: ')}`,
  };
}
