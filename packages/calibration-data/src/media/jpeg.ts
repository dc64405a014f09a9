// Decodes JPEG through jpeg-js, after reading size and components from the frame header itself.
import { decode } from 'jpeg-js';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import { checkPictureSize, toGrayOrRgb, type Picture } from './picture.js';

export function decodeJpeg(bytes: Uint8Array, where: string): Picture {
  const frame = readFrame(bytes, where);
  checkPictureSize(frame.width, frame.height, where);
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxMemoryUsageInMB: limits.jpegMemory,
    maxResolutionInMP: limits.imagePixels / 1e6,
  });
  if (width !== frame.width || height !== frame.height) malformed('there are two frames of different sizes', where);
  const picture: Picture = { width, height, data, channels: 4 };
  return (frame.components === 1 ? toGrayOrRgb(picture, 1) : undefined) ?? toGrayOrRgb(picture, 3)!;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/** Walks the marker segments. Entropy-coded data holds no marker but restarts, which have no length. */
function readFrame(bytes: Uint8Array, where: string): Frame {
  let frame: Frame | undefined;
  let scans = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at++;
    else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xd9) break;
    else {
      const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
      if (isFrame && at + 10 <= bytes.length) {
        if (frame !== undefined) malformed('there is more than one frame', where);
        frame = {
          height: bytes[at + 5]! * 256 + bytes[at + 6]!,
          width: bytes[at + 7]! * 256 + bytes[at + 8]!,
          components: bytes[at + 9]!,
        };
      }
      // Each scan costs a pass over all pixels: thousands of empty ones are a way to burn time.
      if (marker === 0xda && ++scans > limits.jpegScans)
        malformed(`there are more than ${limits.jpegScans} scans`, where);
      at += 2 + Math.max(2, bytes[at + 2]! * 256 + bytes[at + 3]!);
    }
  }
  return frame ?? malformed('there is no frame header', where);
}

function malformed(what: string, where: string): never {
  return refuse('DATA_MALFORMED', { what, where, next: 'save the picture again, as a baseline or progressive JPEG' });
}
