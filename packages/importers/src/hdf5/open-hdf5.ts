// The entry of the HDF5 reader: from bytes to the root group.
import { openRoot, type Hdf5Group } from './group.js';
import { readSuperblock } from './superblock.js';

export type { Attribute } from './attribute.js';
export type { Hdf5Dataset } from './dataset.js';
export type { Hdf5Group } from './group.js';
export type { Values } from './values.js';

/**
 * Opens an HDF5 file as h5py and Keras write it: superblocks 0 to 3, old and new groups, compact and dense attributes,
 * compact, contiguous and chunked datasets with deflate, shuffle and fletcher32. Objects are read when asked for; no
 * other file is ever opened; work and memory are bounded by a multiple of `bytes.length`.
 *
 * Throws WherryError with a code HDF5_*, here and from every accessor; nothing else.
 * Source: HDF5 File Format Specification Version 3.0, https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html
 */
export function openHdf5(bytes: Uint8Array): { readonly root: Hdf5Group } {
  const { file, rootHeader } = readSuperblock(bytes);
  return { root: openRoot(file, rootHeader) };
}
