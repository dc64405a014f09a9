// One picture or recording as the values of one sample.
import { readWhole } from '../bytes/file-access.js';
import { startsWith, type InputExpectation, type Values } from '../formats/format.js';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import { sampleShape } from '../sample-shape.js';
import type { SourceOptions } from '../source-options.js';
import { decodePicture, isPicture } from './decode-picture.js';
import { toGrayOrRgb } from './picture.js';
import type { RecordingScale } from './recording-scale.js';
import { decodeWave } from './wave.js';

/**
 * What applies to recordings: which channel, how many frames a sample has (cut, or filled up with 0), the rate that they
 * must have, and the scale of their values.
 */
export const waveOptions = ['channel', 'length', 'sampleRate', 'values'] as const;

export function isWave(head: Uint8Array): boolean {
  return startsWith(head, [0x52, 0x49, 0x46, 0x46, -1, -1, -1, -1, 0x57, 0x41, 0x56, 0x45]);
}

export function isMediaName(name: string): boolean {
  return /\.(png|jpe?g|bmp|wav)$/i.test(name);
}

export async function loadMedia(
  path: string,
  options: SourceOptions,
  expectation: InputExpectation | undefined,
  scale: RecordingScale,
): Promise<Values[]> {
  const bytes = await readWhole(path, limits.mediaFileBytes);
  if (isWave(bytes)) return [loadWave(bytes, path, options, scale)];
  if (isPicture(bytes)) return [loadPicture(bytes, path, expectation)];
  return refuse('DATA_TYPE_UNSUPPORTED', {
    what: 'the file is not a PNG, JPEG, BMP or WAV file, whatever its name says',
    where: path,
    next: 'convert or remove it',
  });
}

/** Gray becomes RGB, and RGB of equal channels gray, if the model wants that: nothing is lost. Alpha is kept only for 4 channels. */
function loadPicture(bytes: Uint8Array, path: string, expectation: InputExpectation | undefined): Values {
  const decoded = decodePicture(bytes, path);
  const expected = sampleShape(expectation?.shape ?? []);
  const wanted = expected.length === 3 ? expected[2]! : 1;
  const opaque = decoded.channels === 4 && wanted !== 4 ? toGrayOrRgb(decoded, 3)! : decoded;
  const picture = (wanted === 1 || wanted === 3 ? toGrayOrRgb(opaque, wanted) : undefined) ?? opaque;
  return {
    shape: [picture.height, picture.width, picture.channels],
    data: Float32Array.from(picture.data),
    picture: true,
  };
}

function loadWave(bytes: Uint8Array, path: string, options: SourceOptions, scale: RecordingScale): Values {
  const wave = decodeWave(bytes, path);
  const rate = options.count('sampleRate', 1);
  if (rate !== undefined && rate !== wave.sampleRate) {
    refuse('DATA_SHAPE', {
      what: `the recording has ${wave.sampleRate} Hz, ${rate} are declared`,
      where: path,
      next: `resample it to ${rate} Hz`,
    });
  }
  const channel = options.count('channel', 0);
  const { channels } = wave;
  const frames = wave.data.length / channels;
  if ((channel ?? 0) >= channels) {
    refuse('DATA_OPTION', {
      what: `there is no channel ${channel}; the recording has ${channels}`,
      where: path,
      next: 'count channels from 0',
    });
  }
  const length = options.count('length', 1) ?? frames;
  const kept = channel === undefined ? channels : 1;
  if (length * kept * 4 > limits.recordBytes)
    refuse('DATA_TOO_LARGE', {
      what: `length=${length} is over the limit`,
      where: path,
      next: 'give the length of one sample',
    });
  const stored = scale.apply(wave, path);
  const data = new Float32Array(length * kept);
  for (let i = 0; i < Math.min(length, frames); i++)
    for (let k = 0; k < kept; k++) data[i * kept + k] = stored[i * channels + (channel ?? k)]!;
  return { shape: kept === 1 ? [length] : [length, kept], data, sound: true };
}
