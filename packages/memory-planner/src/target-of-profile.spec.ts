// Which planner's target a device profile asks for.
import type { DeviceProfile } from '@wherry/profiles';
import { memoryTargetOf } from './target-of-profile.js';

const profile = (name: string, simd: string | null = null): Pick<DeviceProfile, 'abi' | 'arithmetic' | 'runtime'> => ({
  abi: { pointerBytes: 4, alignment: 8 },
  arithmetic: { int8: 'native', int16: 'native', fp16: 'none', fp32: 'native', simd },
  runtime: { name, from: '1' },
});

describe('memoryTargetOf', () => {
  it('takes layout, runtime and vector unit from the profile', () => {
    expect(memoryTargetOf(profile('tflm-esp-nn', 'Xtensa PIE, 128 bit'))).toEqual({
      runtime: 'tflm-esp-nn',
      pointerBytes: 4,
      alignment: 8,
      simd: 'Xtensa PIE, 128 bit',
    });
  });

  it('takes the oldest ESP-NN that the profile allows', () => {
    const needs = [{ component: 'espressif/esp-nn', from: '1.2.3', why: 'w' }];
    const given = profile('tflm-esp-nn');
    expect(memoryTargetOf({ ...given, runtime: { ...given.runtime, needs } })?.espNnFrom).toBe('1.2.3');
  });

  it('lets the host check with the reference kernels', () => {
    expect(memoryTargetOf(profile('host-reference'))?.runtime).toBe('tflm-reference');
  });

  it('counts for LiteRT, and what hands on to it, without the structures of TensorFlow Lite Micro', () => {
    for (const name of ['litert-xnnpack', 'litert-gpu', 'edgetpu'])
      expect(memoryTargetOf(profile(name))?.runtime).toBe('litert');
  });

  it('has none for a runtime without an arena', () => {
    expect(memoryTargetOf(profile('constructor'))).toBeUndefined();
  });
});
