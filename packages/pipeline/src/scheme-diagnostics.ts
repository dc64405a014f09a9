// What is to be said of the scheme that was chosen.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const schemeDiagnostics = defineDiagnostics({
  SETTING_WITHOUT_EFFECT: {
    exitCode: exitCodes.ok,
    title: 'A setting decided nothing in the scheme that was chosen',
    explanation:
      'A warning. Of the schemes that a run may take some use the setting, and the one that was chosen has nothing that it could ' +
      'decide: nothing is calibrated in float32, for example. The report says why the schemes before it were not taken.',
  },
});
