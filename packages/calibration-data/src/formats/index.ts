// The list of formats: one file of this folder each. The type makes a name without a format a compile error.
import type { FormatName } from '../data-source.js';
import { cifar10 } from './cifar10.js';
import { csv } from './csv.js';
import { folder } from './folder.js';
import type { DataFormat } from './format.js';
import { idx } from './idx.js';
import { image } from './image.js';
import { npy } from './npy.js';
import { npz } from './npz.js';
import { raw } from './raw.js';
import { wav } from './wav.js';

export const dataFormats: { readonly [K in FormatName]: DataFormat & { readonly name: FormatName } } = {
  npy,
  npz,
  csv,
  idx,
  cifar10,
  raw,
  folder,
  image,
  wav,
};
