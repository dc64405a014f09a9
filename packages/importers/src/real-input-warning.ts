// Says of an input of whole numbers that it is taken as one of real numbers.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { importDiagnostics } from './diagnostics.js';

const RANGES: Readonly<Record<string, string>> = {
  uint8: 'whole numbers from 0 to 255',
  int8: 'whole numbers from -128 to 127',
  uint16: 'whole numbers from 0 to 65535',
  bool: '0 or 1',
};

export function realInputWarning({ name, dtype }: { readonly name: string; readonly dtype: string }): Diagnostic {
  return diagnose(importDiagnostics.IMPORT_INPUT_TYPE, {
    what: `the input ${name} takes ${dtype} in the file; here it takes the same numbers as real values, and int8 on the device`,
    where: name,
    next: `give the data as ${RANGES[dtype] ?? `whole numbers, as ${dtype}`}, not scaled; in the firmware use the conversion in model_io.h`,
  });
}
