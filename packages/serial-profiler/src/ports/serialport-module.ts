// The optional native package that opens serial ports, loaded when the first one is.
import { moduleMissing } from './port-errors.js';

export type SerialportModule = typeof import('serialport');

/** Throws PORT_MODULE_MISSING. `forPort` is where the message says that it was needed. */
export async function loadSerialport(
  forPort: string,
  load: () => Promise<SerialportModule> = () => import('serialport'),
): Promise<SerialportModule> {
  try {
    return await load();
  } catch (error) {
    throw moduleMissing(forPort, firstLine(error));
  }
}

/** Node lists every module on the way behind it. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
