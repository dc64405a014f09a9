// What CONV_2D is tried on.
import type { ActivatedConvolution } from '../arithmetic/convolution-rules.js';
import { convolutionCases } from '../cases/convolution-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const conv2dCases: OperatorCases<ActivatedConvolution> = { cases: convolutionCases() };
