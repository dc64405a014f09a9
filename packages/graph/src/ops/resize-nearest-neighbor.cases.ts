// What RESIZE_NEAREST_NEIGHBOR is tried on.
import type { ResizeAttributes } from '../arithmetic/resizing.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { resizeCases } from '../cases/resize-cases.js';

export const resizeNearestNeighborCases: OperatorCases<ResizeAttributes> = { cases: resizeCases(true) };
