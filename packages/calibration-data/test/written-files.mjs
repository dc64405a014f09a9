// Writes small files of every format, for the tests of this package and as seeds of the data fuzzer.
import { crc32, deflateRawSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';

export function npyBytes(descr, shape, data, { fortran = false, major = 1, header } = {}) {
  const text =
    header ??
    `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const body = Buffer.from(`${text}\n`, 'latin1');
  const length = Buffer.alloc(major === 1 ? 2 : 4);
  if (major === 1) length.writeUInt16LE(body.length);
  else length.writeUInt32LE(body.length);
  return Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, major, 0]),
    length,
    body,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  ]);
}

export function zipBytes(members) {
  const parts = [];
  const central = [];
  let offset = 0;
  for (const { name, bytes, stored = false, crc = crc32(bytes), declared = bytes.length } of members) {
    const packed = stored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared, 18);
    fields.writeUInt16LE(name.length, 22);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, Buffer.alloc(10), at, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

export function idxBytes(type, shape, data) {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head[2] = type;
  head[3] = shape.length;
  shape.forEach((dimension, d) => head.writeUInt32BE(dimension, 4 + 4 * d));
  return Buffer.concat([head, Buffer.from(data)]);
}

export function cifarBytes(count) {
  const bytes = Buffer.alloc(count * 3073);
  for (let i = 0; i < bytes.length; i++) bytes[i] = i % 3073 === 0 ? Math.floor(i / 3073) % 10 : (i * 7) % 256;
  return bytes;
}

/** RGB in, `colorType` 0 (gray), 2 (RGB) or 6 (RGBA) out. `stored`: not compressed, so the same bytes by every version of zlib. */
export function pngBytes(width, height, rgb, colorType = 2, { stored = false } = {}) {
  const png = new PNG({ width, height });
  for (let p = 0; p < width * height; p++) png.data.set([...rgb.slice(3 * p, 3 * p + 3), 255], 4 * p);
  return PNG.sync.write(png, { colorType, inputColorType: 6, ...(stored && { deflateLevel: 0, filterType: 0 }) });
}

export function jpegBytes(width, height, gray = 128) {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let p = 0; p < width * height; p++) data.fill(gray, 4 * p, 4 * p + 3);
  return jpeg.encode({ width, height, data }, 95).data;
}

/** `rows` from the top, pixels as palette entries (8 bits, gray palette) or [r, g, b] (24 bits). */
export function bmpBytes(rows, bits) {
  const [height, width] = [rows.length, rows[0].length];
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const palette =
    bits === 8 ? Buffer.from(Array.from({ length: 256 }, (_, i) => [i, i, i, 0]).flat()) : Buffer.alloc(0);
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + palette.length + rowBytes * height, 2);
  head.writeUInt32LE(54 + palette.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  const body = Buffer.alloc(rowBytes * height);
  rows.forEach((row, y) =>
    row.forEach((pixel, x) => {
      const at = rowBytes * (height - 1 - y) + x * (bits / 8);
      if (bits === 8) body[at] = pixel;
      else body.set([pixel[2], pixel[1], pixel[0]], at);
    }),
  );
  return Buffer.concat([head, palette, body]);
}

export function wavBytes(samples, { channels = 1, sampleRate = 16000, bits = 16, tag = 1 } = {}) {
  const body = Buffer.alloc((samples.length * bits) / 8);
  samples.forEach((value, i) => {
    if (tag === 3) body.writeFloatLE(value, 4 * i);
    else if (bits === 8) body.writeUInt8(value + 128, i);
    else body.writeIntLE(value, (i * bits) / 8, bits / 8);
  });
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + body.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE((sampleRate * channels * bits) / 8, 28);
  head.writeUInt16LE((channels * bits) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36);
  head.writeUInt32LE(body.length, 40);
  return Buffer.concat([head, body]);
}
