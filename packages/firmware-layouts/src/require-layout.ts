// What a layout is refused for: told before the work, as far as it is known then.
import { WherryError } from '@wherry/graph';
import { factsOf, isEspressif } from './chips.js';
import { layoutDiagnostics } from './diagnostics.js';
import { layoutNames, type LayoutName } from './layout-names.js';

export interface LayoutTarget {
  readonly profileId: string;
  /** As the device profile names it. */
  readonly chip: string;
  /** It takes C files. */
  readonly isFirmware: boolean;
  /** The model is code of its own. */
  readonly isCompiled: boolean;
  /** The assembler copies the model. */
  readonly isAssembled: boolean;
}

/** Throws LAYOUT_WHERE. */
export function requireLayout(layout: LayoutName, target: LayoutTarget): void {
  const { profileId, isFirmware } = target;
  if (!isFirmware)
    refuse(
      layout,
      `${profileId} runs files, and no firmware with a model in it`,
      'leave --layout away, or give the profile of a microcontroller; `deploy profiles` lists them',
    );
  const faults = faultsOf[layout];
  const fault = faults(target);
  if (fault === undefined) return;
  const others = layoutNames.filter((each) => faultsOf[each](target) === undefined);
  // Of a profile that wants the array otherwise no C is made.
  const isOpen = !target.isAssembled && faults({ ...target, isCompiled: true }) === undefined;
  const ownC = isOpen ? ', or --runtime compiled-c with this one' : '';
  const otherwise =
    target.isAssembled && faults({ ...target, isAssembled: false }) === undefined
      ? ', or --array-format string with this one'
      : '';
  refuse(layout, fault, `take --layout ${others.join(' or ')}${ownC}${otherwise}`);
}

/** Zephyr has the heap of an Espressif chip, and other functions for it. Throws LAYOUT_WHERE. */
export function requireArena(layout: LayoutName, allocation: string | undefined): void {
  if (layout !== 'zephyr' || allocation?.startsWith('heap_caps_') !== true) return;
  refuse(
    layout,
    `the arena is too large for a static array, and comes from ${allocation}, which Zephyr has not`,
    'take --layout esp-idf, or a smaller model',
  );
}

type Faults = (target: LayoutTarget) => string | undefined;

const faultsOf: { readonly [K in LayoutName]: Faults } = {
  'esp-idf': ({ profileId, chip }) =>
    isEspressif(chip) ? undefined : `ESP-IDF does not build for ${profileId} (${chip})`,
  'pico-sdk': ({ profileId, chip }) =>
    factsOf(chip).picoBoard !== undefined ? undefined : `the Pico SDK does not build for ${profileId} (${chip})`,
  zephyr: ({ profileId, chip }) =>
    factsOf(chip).isInZephyr ? undefined : `Zephyr does not build for ${profileId} (${chip})`,
  arduino: (target) => {
    const { chip, isCompiled, isAssembled } = target;
    if (isAssembled && !isCompiled)
      return 'the assembler is to copy the model, and an Arduino library cannot say where from';
    return withoutInterpreter(target, isCompiled || factsOf(chip).arduinoInterpreter !== undefined);
  },
  platformio: (target) => {
    const { profileId, chip, isCompiled } = target;
    const { platformio, arduinoInterpreter } = factsOf(chip);
    if (platformio === undefined) return `no board of PlatformIO is known for ${profileId} (${chip})`;
    return withoutInterpreter(target, isCompiled || arduinoInterpreter !== undefined);
  },
  cmake: () => undefined,
};

function withoutInterpreter({ profileId, chip }: LayoutTarget, has: boolean): string | undefined {
  return has ? undefined : `there is no Arduino library of TensorFlow Lite Micro for ${profileId} (${chip})`;
}

function refuse(layout: LayoutName, what: string, next: string): never {
  throw new WherryError(layoutDiagnostics.LAYOUT_WHERE, { what, where: `--layout ${layout}`, next });
}
