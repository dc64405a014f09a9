// Bounds the work and memory of reading one file by a multiple of its size.
import { WherryError } from '@wherry/graph';
import { importDiagnostics } from '../diagnostics.js';

const MIB = 1024 * 1024;

/**
 * A well-formed file is walked a few times over; a hostile one refers to the same block again and again. Metadata
 * bytes and decoded data bytes are counted separately, since compressed data legitimately grows.
 */
export class WorkBudget {
  private metadata: number;
  private decoded: number;

  constructor(fileBytes: number) {
    this.metadata = MIB + 16 * fileBytes;
    this.decoded = 32 * MIB + 32 * fileBytes;
  }

  /** Counts `bytes` of file structures that are about to be read. */
  spend(bytes: number): void {
    if (!(bytes <= this.metadata))
      refuse('its structures refer to one another more often than a file of this size can need');
    this.metadata -= bytes;
  }

  /** Counts `bytes` of array data that are about to be allocated; call before allocating. */
  decode(bytes: number, where: string): void {
    if (!(bytes <= this.decoded)) refuse('its arrays are declared far larger than the stored bytes', where);
    this.decoded -= bytes;
  }
}

function refuse(what: string, where?: string): never {
  throw new WherryError(importDiagnostics.HDF5_LIMIT, {
    what: `the HDF5 file is refused because ${what}`,
    where,
    next: 'save the model again from Keras with model.save("model.h5") and use that file',
  });
}
