// What a schema cannot say of a profile: that one setting of it does not make another one void.
import { WherryError } from '@wherry/graph';
import type { DeviceProfile } from '../device-profile.js';
import { portableRuntimes, type SchemeName } from '../scheme-names.js';
import { profileDiagnostics } from '../diagnostics.js';
import { schemeTypes } from '../scheme-types.js';

type Arithmetic = Exclude<keyof DeviceProfile['arithmetic'], 'simd' | 'instructionSet'>;

/** What the kernels of a scheme compute with. */
const needs: { readonly [S in SchemeName]: readonly Arithmetic[] } = {
  int4: ['int8'],
  float32: ['fp32'],
  float16: ['fp16'],
  'dynamic-range': ['int8', 'fp32'],
  int8: ['int8'],
  int16x8: ['int16'],
};

/** Throws PROFILE_INVALID, with the place of the setting that would be void. */
export function requireConsistent(profile: DeviceProfile): void {
  requireSchemes(profile);
  requireMemory(profile);
  requireExport(profile);
  requireReadable(profile);
  const { io, arithmetic } = profile;
  for (const end of ['input', 'output'] as const) {
    if (io[end] !== 'float32' || arithmetic.fp32 !== 'none') continue;
    const next = 'set it to int8, or correct /arithmetic/fp32';
    refuse(profile, `/io/${end}`, 'float32 is wanted, and /arithmetic/fp32 says that nothing computes with it', next);
  }
}

function requireSchemes(profile: DeviceProfile): void {
  const names = profile.schemes.map(({ scheme }) => scheme);
  names.forEach((scheme, position) => {
    const at = `/schemes/${position}`;
    if (names.indexOf(scheme) < position)
      refuse(profile, at, `the scheme ${scheme} stands in the list twice`, 'keep one of the two, with its limits');
    if (profile.schemes[position]!.compactMatrices === true && schemeTypes[scheme].weights === 'float32') {
      const what = `one scale for a matrix is wanted, and the weights of ${scheme} have none`;
      refuse(profile, `${at}/compactMatrices`, what, 'remove "compactMatrices"');
    }
    const lacking = lackingArithmetic(profile, scheme);
    if (lacking === undefined) return;
    const next = `remove the scheme, or correct /arithmetic/${lacking}`;
    refuse(profile, at, `the scheme ${scheme} is wanted, and /arithmetic/${lacking} is "none"`, next);
  });
}

/** What a scheme needs and nothing on the device computes with; undefined where there is nothing. */
export function lackingArithmetic(
  { arithmetic }: Pick<DeviceProfile, 'arithmetic'>,
  scheme: SchemeName,
): Arithmetic | undefined {
  return needs[scheme].find((kind) => arithmetic[kind] === 'none');
}

function requireMemory(profile: DeviceProfile): void {
  for (const [name, region] of Object.entries(profile.memory)) {
    if (region.reservedBytes <= region.bytes) continue;
    const what = `${region.reservedBytes} bytes are reserved of ${region.bytes} that there are`;
    refuse(
      profile,
      `/memory/${name}/reservedBytes`,
      what,
      'give what the firmware takes of the region, at most all of it',
    );
  }
}

/** Program memory of an AVR, and what an Espressif chip has beside its instructions: a pointer does not read them byte by byte. */
const unreadable = /^\.(?:progmem|irom)/;

function requireReadable(profile: DeviceProfile): void {
  const section = profile.export.placement?.section;
  if (typeof section !== 'string' || !unreadable.test(section)) return;
  const what = `constants are wanted in ${section}, and code reads them by a pointer, which there gives other bytes or none`;
  refuse(profile, '/export/placement/section', what, 'set it to null, or name a section that is read like any memory');
}

/** A file has no place in a linker script; an array has one. */
function requireExport(profile: DeviceProfile): void {
  const { layout, example, arrayFormat, placement } = profile.export;
  const { name } = profile.runtime;
  if (layout === 'file' && portableRuntimes.some((portable) => portable === name)) {
    const what = `the runtime ${name} makes C for a firmware, and the layout file writes none`;
    refuse(profile, '/export/layout', what, 'set "layout" to firmware, or name a runtime that opens a file');
  }
  if (example !== undefined && layout === 'firmware') {
    const what = '"example" shows how an application opens a file, and the layout firmware writes an array';
    refuse(profile, '/export/example', what, 'remove "example", or set "layout" to file');
  }
  for (const [key, value] of Object.entries({ arrayFormat, placement })) {
    if ((value !== undefined) === (layout === 'firmware')) continue;
    const what =
      value === undefined
        ? `the layout firmware writes an array, and "${key}" does not say how`
        : `"${key}" is of an array, and the layout file writes none`;
    const next = value === undefined ? `add "${key}"` : `remove "${key}", or set "layout" to firmware`;
    refuse(profile, `/export/${key}`, what, next);
  }
}

function refuse({ id }: DeviceProfile, pointer: string, what: string, next: string): never {
  throw new WherryError(profileDiagnostics.PROFILE_INVALID, { what, where: `${id} at ${pointer}`, next });
}
