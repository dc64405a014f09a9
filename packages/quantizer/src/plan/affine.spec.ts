// Scales and zero points against the quantization specification.
import { quantizationOf, rangeOfScale, symmetricQuantization } from './affine.js';
import { affine } from './number-format.js';
import { ScaleGroups } from './scale-groups.js';
import { sliceMagnitudes } from './weight-scales.js';

describe('quantizationOf', () => {
  it('maps the ends of the range to -128 and 127', () => {
    const { scale, zeroPoint } = quantizationOf({ min: -1, max: 1.55 }, affine('int8'));
    expect(scale[0]).toBe(Math.fround(2.55 / 255));
    expect(zeroPoint[0]).toBe(-28);
  });

  it('maps a one-sided range to zero point -128 or 127', () => {
    expect(quantizationOf({ min: 0, max: 6 }, affine('int8')).zeroPoint).toEqual([-128]);
    expect(quantizationOf({ min: -6, max: 0 }, affine('int8')).zeroPoint).toEqual([127]);
  });

  it('makes the same scale again of all that a scale has', () => {
    for (const scale of [0.00012345, 1 / 32768, 3].map(Math.fround)) {
      const int16 = { scale: [scale], zeroPoint: [0], axis: 0 };
      const around = affine('int16', { symmetric: true });
      expect(quantizationOf(rangeOfScale(int16, around), around)).toEqual(int16);
      const int8 = { scale: [scale], zeroPoint: [-15], axis: 0 };
      expect(quantizationOf(rangeOfScale(int8, affine('int8')), affine('int8'))).toEqual(int8);
    }
  });

  it('gives an all-zero tensor a positive scale', () => {
    expect(quantizationOf({ min: 0, max: 0 }, affine('int8')).scale[0]).toBeGreaterThan(0);
  });
});

describe('weights', () => {
  it('have one magnitude per slice of any axis', () => {
    const data = Float32Array.of(1, -2, 3, -4, 5, -6);
    expect(sliceMagnitudes(data, [2, 3], 0)).toEqual([3, 6]);
    expect(sliceMagnitudes(data, [2, 3], 1)).toEqual([4, 5, 6]);
  });

  it('are symmetric around zero point 0 with 127 at the magnitude', () => {
    expect(symmetricQuantization([127, 12.7], affine('int8', { symmetric: true }), 3)).toEqual({
      scale: [1, Math.fround(0.1)],
      zeroPoint: [0, 0],
      axis: 3,
    });
  });
});

describe('ScaleGroups', () => {
  it('joins transitively and keeps the fixed scale of any member', () => {
    const groups = new ScaleGroups();
    const fixed = { scale: 1 / 256, zeroPoint: -128 };
    expect(groups.fix(5, fixed)).toBe(true);
    expect(groups.join(3, 4)).toBe(true);
    expect(groups.join(4, 5)).toBe(true);
    expect(groups.rootOf(5)).toBe(3);
    expect(groups.fixedScale(3)).toEqual(fixed);
  });

  it('does not join groups that are fixed to different scales', () => {
    const groups = new ScaleGroups();
    groups.fix(1, { scale: 1 / 256, zeroPoint: -128 });
    groups.fix(2, { scale: 1 / 128, zeroPoint: 0 });
    expect(groups.join(1, 2)).toBe(false);
    expect(groups.rootOf(2)).toBe(2);
  });
});
