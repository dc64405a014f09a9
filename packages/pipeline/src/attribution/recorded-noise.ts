// What a device gave at one output, beside what this host gives and what the float model gives. Lives as long as one comparison.
export class RecordedNoise {
  #kernel = 0;
  #ofDevice = 0;
  #ofHost = 0;
  #signal = 0;
  #values = 0;
  #differs = false;
  #greatest = 0;

  /** One sample, in real values. True where the device gave something else than the host. */
  add(given: ArrayLike<number>, host: ArrayLike<number | bigint>, float: ArrayLike<number | bigint>): boolean {
    let isOther = false;
    for (let i = 0; i < given.length; i++) {
      const [here, wanted] = [Number(host[i]), Number(float[i])];
      const off = Object.is(given[i], here) ? 0 : given[i]! - here;
      // What the float32 of the file has no room for. What is no number on one side alone is never near.
      if (off !== 0 && !(Math.abs(off) <= 1e-5 * Math.max(1e-3, Math.abs(here)))) isOther = true;
      this.#kernel += off ** 2;
      this.#ofDevice += (given[i]! - wanted) ** 2;
      this.#ofHost += (here - wanted) ** 2;
      this.#signal += wanted ** 2;
      this.#greatest = Math.max(this.#greatest, Math.abs(off));
      this.#values += 1;
    }
    this.#differs ||= isOther;
    return isOther;
  }

  get differs(): boolean {
    return this.#differs;
  }

  get greatest(): number {
    return this.#greatest;
  }

  get rootMeanSquare(): number {
    return Math.sqrt(this.#kernel / Math.max(1, this.#values));
  }

  /** As shares of the signal, so that outputs of other units can be put together. */
  get shares(): { readonly kernel: number; readonly ofDevice: number; readonly ofHost: number } {
    const share = (noise: number): number => noise / Math.max(this.#signal, Number.MIN_VALUE);
    return { kernel: share(this.#kernel), ofDevice: share(this.#ofDevice), ofHost: share(this.#ofHost) };
  }
}
