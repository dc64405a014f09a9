// The names of schemes, of types at a model's ends and of forms of its array, apart from all else, for those who only offer them.

/** `int4`: 4-bit weights with int8 activations. */
export const schemeNames = ['float32', 'float16', 'dynamic-range', 'int8', 'int16x8', 'int4'] as const;
export type SchemeName = (typeof schemeNames)[number];

/** Which type the model's inputs and outputs have in the firmware's hands. */
export const ioTypes = ['int8', 'uint8', 'int16', 'float32'] as const;
export type IoType = (typeof ioTypes)[number];

/** Runtimes that need nothing of a device but a compiler for C, so that they may take the place of a profile's own. */
export const portableRuntimes = ['compiled-c'] as const;

export type PortableRuntime = (typeof portableRuntimes)[number];

/** How the bytes of a model are written: as numbers, as a string, or copied from the file by the assembler. */
export const arrayFormats = ['hex', 'string', 'incbin'] as const;
export type ArrayFormat = (typeof arrayFormats)[number];
