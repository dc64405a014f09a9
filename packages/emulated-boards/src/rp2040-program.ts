// Where the emulator of the RP2040 lies, a program of its own.
import { fileURLToPath } from 'node:url';

/** Bundled, it lies beside the command's own file; from the sources, what was built of it is taken. */
function programUrl(): URL {
  const { url } = import.meta;
  if (url.endsWith('.ts')) return new URL('../dist/rp2040-emulator.js', url);
  return new URL(url.endsWith('.mjs') ? './rp2040-emulator.mjs' : './rp2040-emulator.js', url);
}

export const rp2040Emulator = fileURLToPath(programUrl());
