// How much of anything one data source may ask for. The number of samples has no limit: they are streamed.

export const limits = {
  /** Bytes of one sample as it stands in a file. */
  recordBytes: 256 * 1024 * 1024,
  /** Bytes of one image or sound file. */
  mediaFileBytes: 128 * 1024 * 1024,
  imageSide: 16384,
  imagePixels: 50_000_000,
  /** Working memory of the JPEG decoder, in MB. */
  jpegMemory: 768,
  jpegScans: 128,
  npyHeaderBytes: 64 * 1024,
  rank: 8,
  cellCharacters: 64 * 1024,
  columns: 1_000_000,
  classes: 65_536,
  zipMembers: 4096,
  folderEntries: 1_000_000,
  folderDepth: 16,
  indexBytes: 64 * 1024 * 1024,
  /** Inflated bytes below which no ratio is judged, and the ratio above. */
  ratioFreeBytes: 64 * 1024 * 1024,
  inflationRatio: 200,
} as const;
