// The refusals of layouts.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const layoutDiagnostics = defineDiagnostics({
  LAYOUT_WHERE: {
    exitCode: exitCodes.usage,
    title: 'The layout is none for the device, or for this form of the model',
    explanation:
      'A layout is for the projects of one build system (`--layout`). Some build for the chips of one maker alone, some have no ' +
      'TensorFlow Lite Micro for a chip, and some have no way to place the model or its arena as the profile says. A target that ' +
      'runs files has no firmware that a model could be part of. The plain C files, without a layout, go into any project.',
  },
});
