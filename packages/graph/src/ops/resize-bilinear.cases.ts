// What RESIZE_BILINEAR is tried on.
import type { ResizeAttributes } from '../arithmetic/resizing.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { resizeCases } from '../cases/resize-cases.js';

export const resizeBilinearCases: OperatorCases<ResizeAttributes> = { cases: resizeCases(false) };
