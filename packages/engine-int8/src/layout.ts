// Where things lie in the memory that the kernels share with this package. Plain numbers: AssemblyScript reads this file too.

/** Output channels that a kernel computes at once; what belongs to a channel is packed in blocks of so many. */
export const blockChannels = 8;

/** The header of a scaling: eight numbers of 4 bytes. The first three are read as int16. */
export const zeroPointAt = 0;
export const lowAt = 4;
export const highAt = 8;
/** Not 0 where some channel is multiplied by more than 1 before it is scaled down. */
export const anyLeftAt = 12;
/** The bounds less the zero point, as float32. */
export const realLowAt = 16;
export const realHighAt = 20;
/** The bits of `roundingNumber` less the zero point. */
export const roundedBitsAt = 24;
export const headerBytes = 32;

/** float32 numbers around it are whole numbers: what is added to it is rounded, halves to even. 3 * 2^22. */
export const roundingNumber = 12582912;
export const roundingNumberBits = 0x4b400000;

/**
 * How far from a half a product in float32, at most 256 and nudged, has to be for its rounding to be that of the integers: more
 * than its four roundings, 256 * 4 * 2^-24.
 */
export const floatDoubt = 1e-4;

/** A block of a scaling: seven rows of `blockChannels` numbers of 4 bytes behind the header. int32: */
export const biasAt = 0;
export const multiplierAt = 32;
/** 2^left shift. */
export const leftFactorAt = 64;
/** Half of 2^right shift, 0 without one. */
export const halfAt = 96;
/** 2^(30 - right shift). */
export const rightFactorAt = 128;
/** float32: the whole factor (NaN: ask the integers every time), and how much the first of two roundings lets the second one round away from zero. */
export const factorAt = 160;
export const nudgeAt = 192;
export const scalingBlockBytes = 224;

/** Bytes of weights for one block and two neighbouring values of a patch: int8, channel by channel. */
export const weightPairBytes = 16;

/** Kernels write whole blocks and read whole vectors: so many bytes behind a buffer belong to nobody else. */
export const slackBytes = 32;
