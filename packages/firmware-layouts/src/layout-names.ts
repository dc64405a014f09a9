// Names of the layouts: known before anything else of this package is loaded.
export const layoutNames = ['esp-idf', 'arduino', 'platformio', 'zephyr', 'pico-sdk', 'cmake'] as const;
export type LayoutName = (typeof layoutNames)[number];
