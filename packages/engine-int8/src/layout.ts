// Where things lie in the memory that the kernels share with this package. Plain numbers: AssemblyScript reads this file too.

/** Output channels that a kernel computes at once; what belongs to a channel is packed in blocks of so many. */
export const blockChannels = 8;

/** The header of a scaling: four int32, of which the first three are read as int16. */
export const zeroPointAt = 0;
export const lowAt = 4;
export const highAt = 8;
/** Not 0 where some channel is multiplied by more than 1 before it is scaled down. */
export const anyLeftAt = 12;
export const headerBytes = 16;

/** A block of a scaling: five rows of `blockChannels` int32 behind the header. */
export const biasAt = 0;
export const multiplierAt = 32;
/** 2^left shift. */
export const leftFactorAt = 64;
/** Half of 2^right shift, 0 without one. */
export const halfAt = 96;
/** 2^(30 - right shift). */
export const rightFactorAt = 128;
export const scalingBlockBytes = 160;

/** Bytes of weights for one block and two neighbouring values of a patch: int8, channel by channel. */
export const weightPairBytes = 16;

/** Kernels write whole blocks and read whole vectors: so many bytes behind a buffer belong to nobody else. */
export const slackBytes = 32;
