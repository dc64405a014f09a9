// Where the programs of this package lie that run by themselves.
import { fileURLToPath } from 'node:url';

/** Bundled, they lie beside the command's own file; from the sources, what was built of them is taken. */
function programUrl(name: string): URL {
  const { url } = import.meta;
  if (url.endsWith('.ts')) return new URL(`../dist/${name}.js`, url);
  return new URL(`./${name}.${url.endsWith('.mjs') ? 'mjs' : 'js'}`, url);
}

/** The emulator of the RP2040. */
export const rp2040Emulator = fileURLToPath(programUrl('rp2040-emulator'));

/** Ends an emulator with whoever started it. */
export const tether = fileURLToPath(programUrl('tether'));
