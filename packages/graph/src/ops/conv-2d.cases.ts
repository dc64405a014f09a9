// What CONV_2D is tried on.
import type { ActivatedConvolution } from '../arithmetic/convolution-rules.js';
import { convolutionCases } from '../cases/convolution-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { weightedTypes } from '../cases/weighted-types.js';

export const conv2dCases: OperatorCases<ActivatedConvolution> = { types: weightedTypes, cases: convolutionCases() };
