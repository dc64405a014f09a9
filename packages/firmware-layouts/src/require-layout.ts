// What a layout is refused for: told before the work, as far as it is known then.
import { WherryError } from '@wherry/graph';
import { layoutDiagnostics } from './diagnostics.js';
import { layoutNames, type LayoutName } from './layout-names.js';

export interface LayoutTarget {
  readonly profileId: string;
  /** As the device profile names it. */
  readonly chip: string;
  /** It takes C files. */
  readonly isFirmware: boolean;
}

/** Throws LAYOUT_WHERE. */
export function requireLayout(layout: LayoutName, target: LayoutTarget): void {
  const { profileId, chip, isFirmware } = target;
  if (!isFirmware)
    refuse(
      layout,
      `${profileId} runs files, and no firmware with a model in it`,
      'leave --layout away, or give the profile of a microcontroller; `deploy profiles` lists them',
    );
  const fits = (each: LayoutName): boolean => faultOf(each, target) === undefined;
  const fault = faultOf(layout, target);
  if (fault !== undefined)
    refuse(layout, `${fault} ${profileId} (${chip})`, `take --layout ${layoutNames.filter(fits).join(' or ')}`);
}

/** Kits of one maker build for that maker's chips alone. */
const chipsOf: { readonly [K in LayoutName]?: RegExp } = { 'pico-sdk': /^RP2/ };

/** Words that the name of the device follows. */
function faultOf(layout: LayoutName, { chip }: LayoutTarget): string | undefined {
  return chipsOf[layout]?.test(chip) === false ? `${layout} does not build for` : undefined;
}

function refuse(layout: LayoutName, what: string, next: string): never {
  throw new WherryError(layoutDiagnostics.LAYOUT_WHERE, { what, where: `--layout ${layout}`, next });
}
