// A sample of pixels as a PNG in the page itself.
import { crc32 } from '@wherry/zip-archive';
import { zlibSync } from 'fflate';
import { markup, type Markup } from '../markup.js';
import type { Picture } from '../page.js';

export function picture(of: Picture): Markup {
  return markup`<img
    src="data:image/png;base64,${base64(png(of))}"
    width="${of.width}"
    height="${of.height}"
    alt="${of.words}"
    class="sample"
  />`;
}

/** ISO/IEC 15948: a signature, then a header, the rows behind a zlib stream, an end. */
export function png({ width, height, channels, pixels }: Picture): Uint8Array {
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1));
  // In front of each row the filter that it went through: none.
  for (let row = 0; row < height; row++)
    rows.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, channels === 1 ? 0 : 2], 8);
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  return joined([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
