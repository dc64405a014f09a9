// The refusals of the HDF5 reader, so that each place states only what is wrong and where.
import { WherryError } from '@wherry/graph';
import { importDiagnostics } from '../diagnostics.js';

const SAVE_AGAIN = 'save the model again from Keras with model.save("model.h5") and use that file';

export function invalid(what: string, at?: number | string): never {
  throw new WherryError(importDiagnostics.HDF5_INVALID, { what, where: place(at), next: SAVE_AGAIN });
}

export function truncated(what: string, at?: number | string): never {
  throw new WherryError(importDiagnostics.HDF5_TRUNCATED, {
    what,
    where: place(at),
    next: 'compare the size of the file with the original and copy or download it again',
  });
}

export function checksumFailed(what: string, at: number | string): never {
  throw new WherryError(importDiagnostics.HDF5_CHECKSUM, {
    what: `the checksum of ${what} does not match`,
    where: place(at),
    next: 'copy or download the file again; if it stays, save the model again from Keras',
  });
}

export function unsupported(what: string, at?: number | string, next = SAVE_AGAIN): never {
  throw new WherryError(importDiagnostics.HDF5_UNSUPPORTED, { what, where: place(at), next });
}

export function outsideFile(what: string, at?: number | string): never {
  throw new WherryError(importDiagnostics.HDF5_OUTSIDE_FILE, {
    what,
    where: place(at),
    next: 'save the whole model into one file with model.save("model.h5")',
  });
}

export function noStorage(what: string, at: string): never {
  throw new WherryError(importDiagnostics.HDF5_NO_STORAGE, { what, where: at, next: SAVE_AGAIN });
}

function place(at: number | string | undefined): string | undefined {
  return typeof at === 'number' ? `byte ${at}` : at;
}
