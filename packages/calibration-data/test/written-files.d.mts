// Types of written-files.mjs, which is plain JavaScript so that the fuzzer can run it without a build.
export interface NpyOptions {
  fortran?: boolean;
  major?: number;
  header?: string;
}
export interface ZipInput {
  name: string;
  bytes: Uint8Array;
  stored?: boolean;
  crc?: number;
  declared?: number;
}
export interface WavOptions {
  channels?: number;
  sampleRate?: number;
  bits?: number;
  tag?: number;
}
export function npyBytes(descr: string, shape: readonly number[], data: ArrayBufferView, options?: NpyOptions): Buffer;
export function zipBytes(members: readonly ZipInput[]): Buffer;
export function idxBytes(type: number, shape: readonly number[], data: readonly number[]): Buffer;
export function cifarBytes(count: number): Buffer;
export function pngBytes(
  width: number,
  height: number,
  rgb: readonly number[],
  colorType?: 0 | 2 | 6,
  options?: { readonly stored?: boolean },
): Buffer;
export function jpegBytes(width: number, height: number, gray?: number): Buffer;
export function bmpBytes(rows: readonly (readonly (number | readonly number[])[])[], bits: 8 | 24): Buffer;
export function wavBytes(samples: readonly number[], options?: WavOptions): Buffer;
