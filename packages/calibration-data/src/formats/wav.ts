// A single WAV recording: one sample, or many with the window option; 16-bit values are -32768..32767.
import { basename } from 'node:path';
import { isWave, loadMedia, waveOptions } from '../media/media-file.js';
import { RecordingScale } from '../media/recording-scale.js';
import type { DataFormat } from './format.js';

export const wav: DataFormat = {
  name: 'wav',
  summary: 'one WAV recording, stored values, window=N cuts it into samples',
  example: 'wav:speech.wav?window=16000&stride=8000',
  options: waveOptions,
  match: ({ head, name }) => (isWave(head) ? 'content' : name.endsWith('.wav') ? 'name' : undefined),
  open: async ({ path, options, expectations }) => ({
    files: [path],
    records: async function* () {
      yield { id: basename(path), load: () => loadMedia(path, options, expectations[0], new RecordingScale(options)) };
    },
  }),
};
