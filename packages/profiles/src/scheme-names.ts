// The quantization schemes by name, apart from all else, for those who only offer them.

/** `int4`: 4-bit weights with int8 activations. */
export const schemeNames = ['float32', 'float16', 'dynamic-range', 'int8', 'int16x8', 'int4'] as const;
export type SchemeName = (typeof schemeNames)[number];
