// A single PNG, JPEG or BMP picture: one sample, values 0..255.
import { basename } from 'node:path';
import { loadMedia } from '../media/media-file.js';
import { isPicture } from '../media/decode-picture.js';
import { RecordingScale } from '../media/recording-scale.js';
import type { DataFormat } from './format.js';

export const image: DataFormat = {
  name: 'image',
  summary: 'one PNG, JPEG or BMP picture, values 0..255',
  example: 'image:photo.jpg',
  options: [],
  match: ({ head, name }) => (isPicture(head) ? 'content' : /\.(png|jpe?g|bmp)$/.test(name) ? 'name' : undefined),
  open: async ({ path, options, expectations }) => ({
    count: 1,
    files: [path],
    records: async function* () {
      yield { id: basename(path), load: () => loadMedia(path, options, expectations[0], new RecordingScale(options)) };
    },
  }),
};
