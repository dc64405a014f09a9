// The declared preprocessing: its written form, its checks, and the values it gives.
import { applyPreprocessing } from './apply-preprocessing.js';
import { checkPreprocessing, parsePreprocessing } from './preprocessing.js';

const picture = { shape: [3, 4, 1], data: Float32Array.from({ length: 12 }, (_, i) => i * i) };

function resized(size: string, ...more: string[]): number[] {
  return [...applyPreprocessing(picture, parsePreprocessing([`resize=${size}`, ...more]), 'here').data];
}

describe('parsePreprocessing', () => {
  it('gives a plain value that survives JSON', () => {
    const value = parsePreprocessing([
      'resize=96x64&fit=center-crop',
      'divideBy=255',
      'mean=0.5,0.5,0.5',
      'layout=chw',
    ]);
    expect(value).toEqual({
      resize: { width: 96, height: 64, method: 'bilinear', fit: 'center-crop' },
      divideBy: 255,
      mean: [0.5, 0.5, 0.5],
      layout: 'chw',
    });
    expect(checkPreprocessing(JSON.parse(JSON.stringify(value)))).toEqual(value);
    expect(parsePreprocessing([])).toEqual({});
  });

  it.each([
    [['scal=2'], /did you mean scale\?/],
    [['scale=two'], /scale is "two"/],
    [['scale=1', 'scale=2'], /twice/],
    [['resize=96'], /WIDTHxHEIGHT/],
    [['resize=0x5'], /whole numbers/],
    [['fit=stretch'], /without resize/],
    [['resize=2x2', 'fit=round'], /stretch, center-crop/],
    [['divideBy=0'], /other than 0/],
    [['std=0,1'], /std contains 0/],
    [['mean=1,x'], /mean is/],
    [['layout=nchw'], /hwc, chw/],
    [['scale=nan'], /scale is/],
  ])('refuses %j', (words, refusal) => {
    expect(() => parsePreprocessing(words)).toThrow(refusal);
    expect(() => parsePreprocessing(words)).toThrow(/DATA_PREPROCESSING/);
  });

  it.each([
    [null],
    [[1]],
    ['x'],
    [{ resize: { width: 2, height: 2 } }],
    [{ mean: 1 }],
    [JSON.parse('{"__proto__": 1}')],
  ])('refuses the config value %j', (value) => expect(() => checkPreprocessing(value)).toThrow(/DATA_PREPROCESSING/));
});

describe('applyPreprocessing', () => {
  // The answers of tf.image.resize (TensorFlow 2.21) for the same picture.
  it('resizes as tf.image.resize does', () => {
    expect(resized('2x2')).toEqual([5.5, 15.5, 59.5, 93.5]);
    expect(resized('2x2', 'method=nearest')).toEqual([1, 9, 81, 121]);
    expect(resized('3x5', 'method=nearest')).toEqual([0, 4, 9, 0, 4, 9, 16, 36, 49, 64, 100, 121, 64, 100, 121]);
    const up = [
      0.1666666865348816, 2.5, 8.166667938232422, 7.100000858306885, 13.700000762939453, 23.63333511352539, 17.5, 30.5,
    ];
    resized('3x5')
      .slice(0, 8)
      .forEach((value, i) => expect(value).toBeCloseTo(up[i]!, 4));
  });

  it('crops the centre before it stretches nothing', () => {
    // 3 rows of 4: the middle two columns of three, at scale 3.
    expect(resized('1x1', 'fit=center-crop', 'method=nearest')).toEqual([36]);
    expect(resized('3x3', 'fit=center-crop', 'method=bilinear')[0]).toBe(0.5);
  });

  it('transposes planes, swaps and weighs channels, then normalizes', () => {
    const planes = { shape: [3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const apply = (...words: string[]) => applyPreprocessing(planes, parsePreprocessing(words), 'here');
    expect(apply('layout=chw')).toMatchObject({ shape: [1, 2, 3], data: Float32Array.of(1, 3, 5, 2, 4, 6) });
    expect([...apply('layout=chw', 'channels=bgr').data]).toEqual([5, 3, 1, 6, 4, 2]);
    expect([...apply('layout=chw', 'channels=grayscale').data]).toEqual([
      Math.fround(0.299 + 1.761 + 0.57),
      Math.fround(0.598 + 2.348 + 0.684),
    ]);
    expect([...apply('layout=chw', 'divideBy=2', 'scale=4', 'offset=1', 'mean=1,2,3', 'std=1,1,2').data]).toEqual([
      2, 5, 4, 4, 7, 5,
    ]);
    expect(() => apply('mean=1,2,3')).toThrow(/DATA_PREPROCESSING.*3 numbers.*2 channels/s);
  });

  it('leaves the stored values alone when nothing is declared', () => {
    expect(applyPreprocessing(picture, {}, 'here')).toBe(picture);
  });
});
