// Chooses the decoder of a picture by its first bytes.
import { WherryError } from '@wherry/graph';
import { startsWith } from '../formats/format.js';
import { refuse } from '../refuse.js';
import { decodeBmp } from './bmp.js';
import { decodeJpeg } from './jpeg.js';
import type { Picture } from './picture.js';
import { decodePng } from './png.js';

type Decode = (bytes: Uint8Array, where: string) => Picture;

export function isPicture(head: Uint8Array): boolean {
  return decoderOf(head) !== undefined;
}

export function decodePicture(bytes: Uint8Array, where: string): Picture {
  const decode =
    decoderOf(bytes) ??
    refuse('DATA_TYPE_UNSUPPORTED', {
      what: 'the file is not a PNG, JPEG or BMP picture',
      where,
      next: 'convert it to one of these',
    });
  try {
    return decode(bytes, where);
  } catch (error) {
    if (error instanceof WherryError) throw error;
    return refuse(
      'DATA_MALFORMED',
      { what: `the picture cannot be decoded: ${(error as Error).message}`, where, next: 'save the picture again' },
      error,
    );
  }
}

function decoderOf(head: Uint8Array): Decode | undefined {
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return decodePng;
  if (startsWith(head, [0xff, 0xd8, 0xff])) return decodeJpeg;
  // "BM" alone begins many texts: the pixel offset and header size have to make sense as well.
  return startsWith(head, [0x42, 0x4d, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, -1, 0, 0, 0])
    ? decodeBmp
    : undefined;
}
