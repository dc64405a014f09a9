// The kits that projects are written for: known before anything else of this package is loaded.

/** Where each wants sources; its port has its name. */
export const sourceFolders = { 'esp-idf': 'main', arduino: 'src', zephyr: 'src', pico: 'src' } as const;

export type AgentKit = keyof typeof sourceFolders;

export const agentKits = Object.keys(sourceFolders) as readonly AgentKit[];
