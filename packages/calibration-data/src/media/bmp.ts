// Decodes uncompressed BMP: 8 bits with a palette, 24 and 32 bits.
import { refuse } from '../refuse.js';
import { checkPictureSize, toGrayOrRgb, type Picture } from './picture.js';

export function decodeBmp(bytes: Uint8Array, where: string): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 54) malformed('the header is cut off', where);
  const [dataAt, headerBytes] = [view.getUint32(10, true), view.getUint32(14, true)];
  const [width, signedHeight] = [view.getInt32(18, true), view.getInt32(22, true)];
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  // Compression 3 with 32 bits only names masks; the usual ones are B, G, R, A.
  const plain = compression === 0 || (compression === 3 && bits === 32);
  if (headerBytes < 40 || !plain || ![8, 24, 32].includes(bits)) {
    refuse('DATA_TYPE_UNSUPPORTED', {
      what: `BMP with ${bits} bits, compression ${compression} is not read`,
      where,
      next: 'save it uncompressed with 8, 24 or 32 bits, or as PNG',
    });
  }
  const height = Math.abs(signedHeight);
  checkPictureSize(width, height, where);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const paletteAt = 14 + headerBytes;
  const colors = bits === 8 ? view.getUint32(46, true) || 256 : 0;
  if (colors > 256 || paletteAt + 4 * colors > bytes.length) malformed('the palette is longer than the file', where);
  if (dataAt < paletteAt || dataAt + rowBytes * height > bytes.length)
    malformed(`${width} x ${height} pixels do not fit into the file`, where);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = dataAt + rowBytes * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const entry = bits === 8 ? bytes[row + x]! : 0;
      if (bits === 8 && entry >= colors) malformed(`pixel ${x}, ${y} is outside of the palette`, where);
      const source = bits === 8 ? paletteAt + 4 * entry : row + x * (bits / 8);
      const target = 3 * (y * width + x);
      data[target] = bytes[source + 2]!;
      data[target + 1] = bytes[source + 1]!;
      data[target + 2] = bytes[source]!;
    }
  }
  const picture: Picture = { width, height, channels: 3, data };
  return (bits === 8 ? toGrayOrRgb(picture, 1) : undefined) ?? picture;
}

function malformed(what: string, where: string): never {
  return refuse('DATA_MALFORMED', { what, where, next: 'save the picture again' });
}
