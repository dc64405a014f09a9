// What `kernels/index.ts` exports; what the arguments mean stands there.

/** All arguments are int32. */
export interface KernelFunctions {
  readonly add: (
    first: number,
    second: number,
    output: number,
    length: number,
    firstStep: number,
    secondStep: number,
    rows: number,
    walk: number,
    firstTerms: number,
    secondTerms: number,
    scaling: number,
  ) => void;
  readonly centre: (
    source: number,
    rows: number,
    length: number,
    zeroPoint: number,
    repeat: number,
    image: number,
    imageBytes: number,
    origin: number,
    rowBytes: number,
  ) => void;
  readonly convolve: (
    image: number,
    taps: number,
    tapCount: number,
    tapPairs: number,
    weights: number,
    scaling: number,
    groups: number,
    groupBytes: number,
    filters: number,
    output: number,
    height: number,
    width: number,
    rowBytes: number,
    pixelBytes: number,
  ) => void;
  readonly convolveDepthwise: (
    image: number,
    taps: number,
    tapPairs: number,
    weights: number,
    scaling: number,
    blocks: number,
    output: number,
    channels: number,
    height: number,
    width: number,
    rowBytes: number,
    pixelBytes: number,
  ) => void;
  readonly copyRuns: (source: number, target: number, length: number, runs: number, walk: number) => void;
  readonly fill: (target: number, value: number, bytes: number) => void;
  readonly lookUp: (source: number, table: number, count: number, target: number) => void;
  readonly multiply: (
    vector: number,
    pairs: number,
    weights: number,
    scaling: number,
    blocks: number,
    output: number,
  ) => void;
  readonly pool: (
    isMean: number,
    source: number,
    height: number,
    width: number,
    channels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
    outputHeight: number,
    outputWidth: number,
    low: number,
    high: number,
    output: number,
  ) => void;
  readonly product: (
    first: number,
    second: number,
    output: number,
    length: number,
    firstStep: number,
    secondStep: number,
    rows: number,
    walk: number,
    firstZeroPoint: number,
    secondZeroPoint: number,
    scaling: number,
  ) => void;
  readonly reduce: (
    source: number,
    outer: number,
    count: number,
    inner: number,
    scaling: number,
    output: number,
  ) => void;
}
