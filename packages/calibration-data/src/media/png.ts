// Decodes PNG through pngjs, after checking what pngjs would believe: dimensions and the size of interlaced data.
import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { refuse } from '../refuse.js';
import { checkPictureSize, toGrayOrRgb, type Picture } from './picture.js';

export function decodePng(bytes: Uint8Array, where: string): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 33 || buffer.toString('latin1', 12, 16) !== 'IHDR')
    malformed('the first chunk is not IHDR', where);
  const [width, height, colorType] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20), buffer[25]!];
  checkPictureSize(width, height, where);
  // pngjs caps the inflation of plain pictures by their size, but not that of interlaced ones.
  if (buffer[28] !== 0)
    inflateSync(imageData(buffer, where), { maxOutputLength: 8 * width * height + 8 * height + 4096 });
  const decoded = PNG.sync.read(buffer);
  const picture: Picture = { width: decoded.width, height: decoded.height, channels: 4, data: decoded.data };
  const hasAlpha = (colorType & 4) !== 0;
  if (colorType === 0 || colorType === 4) return toGrayOrRgb(picture, 1) ?? picture;
  return hasAlpha ? picture : toGrayOrRgb(picture, 3)!;
}

function imageData(buffer: Buffer, where: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= buffer.length;) {
    const length = buffer.readUInt32BE(at);
    if (at + 12 + length > buffer.length) malformed(`the chunk at byte ${at} is longer than the file`, where);
    if (buffer.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(buffer.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

function malformed(what: string, where: string): never {
  return refuse('DATA_MALFORMED', { what, where, next: 'save the picture again' });
}
