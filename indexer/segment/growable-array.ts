/** A Uint32Array that grows by doubling while a segment is built. */
export class GrowableUint32Array {
  private values = new Uint32Array(1024);
  private used = 0;

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.values.length) {
      const larger = new Uint32Array(this.used * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.used++] = value;
  }

  /** The values so far, as a view that the next `push` may leave behind. */
  view(): Uint32Array {
    return this.values.subarray(0, this.used);
  }
}

/** Bytes that grow by doubling while a segment is built. */
export class GrowableBytes {
  private values = new Uint8Array(4096);
  private used = 0;

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.values.length) this.reserve(1);
    this.values[this.used++] = value;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.values.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Appends UTF-8 and returns the number of bytes written. */
  appendText(text: string): number {
    this.reserve(text.length * 3);
    const { written } = encoder.encodeInto(text, this.values.subarray(this.used));
    this.used += written;
    return written;
  }

  view(): Uint8Array {
    return this.values.subarray(0, this.used);
  }

  private reserve(extra: number): void {
    let size = this.values.length;
    while (size < this.used + extra) size *= 2;
    if (size === this.values.length) return;
    const larger = new Uint8Array(size);
    larger.set(this.values.subarray(0, this.used));
    this.values = larger;
  }
}

const encoder = new TextEncoder();
