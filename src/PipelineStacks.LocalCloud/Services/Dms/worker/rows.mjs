// Rows as DMS writes them into CSV files, built in one growing buffer: a string per value would be most of the work.
const COMMA_QUOTE_BREAKS = ['"', '\n', '\r'];
const HEX = Buffer.from('0123456789ABCDEF');

export class RowWriter {
  constructor(format, lobBytes) {
    this.format = format;
    this.delimiter = Buffer.from(format.delimiter);
    this.end = Buffer.from(format.rowDelimiter);
    this.nullText = Buffer.from(format.nullText);
    this.lobBytes = lobBytes;
    this.special = new Uint8Array(256);
    for (const text of [format.delimiter, format.rowDelimiter, ...COMMA_QUOTE_BREAKS]) this.special[Buffer.from(text)[0]] = 1;
    this.buffer = Buffer.allocUnsafe(1 << 20);
    this.length = 0;
    this.truncated = 0;
  }

  take() {
    const bytes = this.buffer.subarray(0, this.length);
    this.length = 0;
    return bytes;
  }

  raw(bytes) {
    this.reserve(bytes.length);
    this.copy(bytes, 0, bytes.length);
  }

  text(text) {
    this.raw(Buffer.from(text));
  }

  null() {
    this.raw(this.nullText);
  }

  /** A value from the bytes in which the server prints it, or in which the binary log's value was printed alike. */
  value(column, source, start, end) {
    if (column.lob && this.lobBytes > 0 && end - start > this.lobBytes) {
      end = start + this.lobBytes;
      if (column.kind === 'text') while ((source[end] & 0xc0) === 0x80) end--;
      this.truncated++;
    }

    switch (column.kind) {
      case 'text': return this.quotable(source, start, end);
      case 'binary': return this.hex(source, start, end);
      case 'bit': return column.precision === 1 ? this.raw(Buffer.from(source[end - 1] ? '1' : '0')) : this.hex(source, start, end);
      default: return this.format.always ? this.quoted(source, start, end) : this.plain(source, start, end);
    }
  }

  // Copied while it is looked at; what turns out to need quotes is written again.
  quotable(source, start, end) {
    const { format, special } = this;
    if (format.always) return this.quoted(source, start, end);
    if (!format.rfc4180) return this.plain(source, start, end);
    this.reserve(end - start);
    const buffer = this.buffer;
    let at = this.length;
    for (let i = start; i < end; i++) {
      const byte = source[i];
      if (special[byte] !== 0) return this.quoted(source, start, end);
      buffer[at++] = byte;
    }
    // Told from NULL by its quotes.
    if (end - start === this.nullText.length && this.nullText.compare(source, start, end) === 0) return this.quoted(source, start, end);
    this.length = at;
  }

  plain(source, start, end) {
    this.reserve(end - start);
    this.copy(source, start, end);
  }

  quoted(source, start, end) {
    this.reserve((end - start) * 2 + 2);
    const buffer = this.buffer;
    let at = this.length;
    buffer[at++] = 0x22;
    for (let i = start; i < end; i++) {
      if (source[i] === 0x22) buffer[at++] = 0x22;
      buffer[at++] = source[i];
    }
    buffer[at++] = 0x22;
    this.length = at;
  }

  hex(source, start, end) {
    const always = this.format.always;
    this.reserve((end - start) * 2 + 2);
    if (always) this.buffer[this.length++] = 0x22;
    for (let i = start; i < end; i++) {
      this.buffer[this.length++] = HEX[source[i] >> 4];
      this.buffer[this.length++] = HEX[source[i] & 15];
    }
    if (always) this.buffer[this.length++] = 0x22;
  }

  copy(source, start, end) {
    // A native copy costs more than it saves on short values.
    if (end - start > 24) {
      source.copy(this.buffer, this.length, start, end);
      this.length += end - start;
    } else {
      const buffer = this.buffer;
      let at = this.length;
      for (let i = start; i < end; i++) buffer[at++] = source[i];
      this.length = at;
    }
  }

  reserve(bytes) {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
