// Types that the inputs and outputs of a model may have in the firmware's hands.

export const ioChoices = ['int8', 'uint8', 'int16', 'float32'] as const;
export type IoChoice = (typeof ioChoices)[number];
