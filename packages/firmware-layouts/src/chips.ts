// What build systems call a chip, and which of them have it. From their own lists of boards and platforms (November 2026).

export interface ChipFacts {
  /** `architectures` of Arduino cores; `*` where nothing is known of one. */
  readonly arduino: string;
  /** Those for which there is a library of TensorFlow Lite Micro: Chirale_TensorFLowLite names them. */
  readonly arduinoInterpreter?: string;
  /** A platform of PlatformIO and one of its boards. */
  readonly platformio?: { readonly platform: string; readonly board: string };
  /** `PICO_BOARD` of the Pico SDK. */
  readonly picoBoard?: string;
  readonly isInZephyr: boolean;
}

const chips: readonly (readonly [RegExp, ChipFacts])[] = [
  [/^ESP32-C3\b/, espressif('esp32-c3-devkitm-1')],
  [/^ESP32-S3\b/, espressif('esp32-s3-devkitc-1')],
  // ESP32-WROOM-32 is one, ESP32-C6 is another chip.
  [/^ESP32(?!-[A-Z]\d)\b/, espressif('esp32dev')],
  [
    /^ESP8266/,
    { arduino: 'esp8266', platformio: { platform: 'espressif8266', board: 'nodemcuv2' }, isInZephyr: false },
  ],
  [
    /^RP2040/,
    {
      arduino: 'rp2040,mbed_rp2040,mbed_nano',
      arduinoInterpreter: 'mbed_nano',
      platformio: { platform: 'raspberrypi', board: 'pico' },
      picoBoard: 'pico',
      isInZephyr: true,
    },
  ],
  [/^RP2350/, { arduino: 'rp2040', picoBoard: 'pico2', isInZephyr: true }],
  [
    /^nRF52840/,
    {
      arduino: 'mbed_nano',
      arduinoInterpreter: 'mbed_nano',
      platformio: { platform: 'nordicnrf52', board: 'nano33ble' },
      isInZephyr: true,
    },
  ],
  [/^ATmega328/, { arduino: 'avr', platformio: { platform: 'atmelavr', board: 'uno' }, isInZephyr: false }],
  [/^STM32F407/, { arduino: 'stm32', platformio: { platform: 'ststm32', board: 'disco_f407vg' }, isInZephyr: true }],
  [/^STM32H743/, { arduino: 'stm32', platformio: { platform: 'ststm32', board: 'nucleo_h743zi' }, isInZephyr: true }],
];

function espressif(board: string): ChipFacts {
  return {
    arduino: 'esp32',
    arduinoInterpreter: 'esp32',
    platformio: { platform: 'espressif32', board },
    isInZephyr: true,
  };
}

/** `chip`: as the device profile names it. */
export function factsOf(chip: string): ChipFacts {
  return chips.find(([pattern]) => pattern.test(chip))?.[1] ?? { arduino: '*', isInZephyr: true };
}

export function isEspressif(chip: string): boolean {
  return /^ESP32/.test(chip);
}

/** As ESP-IDF calls it: `ESP32-C3 (one RISC-V core)` is `esp32c3`, and so is the module `ESP32-C3-MINI-1`. */
export function espressifTarget(chip: string): string {
  return /^ESP32(-[A-Z]\d+)?/.exec(chip)![0].toLowerCase().replaceAll('-', '');
}
