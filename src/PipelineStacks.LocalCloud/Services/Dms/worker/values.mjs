// The binary log's values, written as the server prints them: a row's text is the same from the load and from a change.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const iconv = createRequire(require.resolve('mysql2/package.json'))('iconv-lite');
// The JSON decoder is not among what the package exports by name.
const zongji = path.dirname(require.resolve('@vlasky/zongji'));
const { default: decodeJson } = await import(pathToFileURL(path.join(zongji, 'lib/json_decode.js')).href);

export const Types = {
  TINY: 1, SHORT: 2, LONG: 3, FLOAT: 4, DOUBLE: 5, TIMESTAMP: 7, LONGLONG: 8, INT24: 9, DATE: 10, TIME: 11, DATETIME: 12, YEAR: 13,
  VARCHAR: 15, BIT: 16, TIMESTAMP2: 17, DATETIME2: 18, TIME2: 19, JSON: 245, NEWDECIMAL: 246, ENUM: 247, SET: 248, BLOB: 252,
  VAR_STRING: 253, STRING: 254, GEOMETRY: 255,
};

const UTF8 = new Set(['utf8', 'utf8mb3', 'utf8mb4', 'ascii']);
// MySQL's names where the converter has others; its latin1 is Windows' code page.
const ENCODINGS = { latin1: 'win1252', ucs2: 'utf16be', utf16: 'utf16be', utf16le: 'utf16le', utf32: 'utf32be' };

/** What a column of the binary log is, from the table map's type and metadata. */
export function readMetadata(types, bytes) {
  let at = 0;
  return Array.from(types, type => {
    switch (type) {
      case Types.FLOAT: case Types.DOUBLE: case Types.BLOB: case Types.GEOMETRY: case Types.JSON:
      case Types.TIMESTAMP2: case Types.DATETIME2: case Types.TIME2:
        return { type, meta: bytes[at++] };
      case Types.VARCHAR:
        at += 2;
        return { type, meta: bytes.readUInt16LE(at - 2) };
      case Types.BIT: {
        const [bits, whole] = [bytes[at], bytes[at + 1]];
        at += 2;
        return { type, meta: whole + (bits > 0 ? 1 : 0) };
      }
      case Types.NEWDECIMAL: {
        const [precision, scale] = [bytes[at], bytes[at + 1]];
        at += 2;
        return { type, meta: precision, scale };
      }
      case Types.STRING: case Types.VAR_STRING: case Types.ENUM: case Types.SET: {
        const [first, second] = [bytes[at], bytes[at + 1]];
        at += 2;
        // Lengths past 255 borrow two bits of the type.
        return (first & 0x30) === 0x30 ? { type: first, meta: second } : { type: first | 0x30, meta: second | (((first & 0x30) ^ 0x30) << 4) };
      }
      case 140: return { type, meta: bytes[at++] };
      case 141: at += 2; return { type, meta: 0 };
      default: return { type, meta: 0 };
    }
  });
}

/** Whether the column that the information schema describes can be the one that the table map describes. */
export function matches(column, { type, meta, scale }) {
  switch (column.type) {
    case 'tinyint': return type === Types.TINY;
    case 'smallint': return type === Types.SHORT;
    case 'mediumint': return type === Types.INT24;
    case 'int': return type === Types.LONG;
    case 'bigint': return type === Types.LONGLONG;
    case 'float': return type === Types.FLOAT;
    case 'double': return type === Types.DOUBLE;
    case 'decimal': return type === Types.NEWDECIMAL && meta === column.precision && scale === column.scale;
    case 'year': return type === Types.YEAR;
    case 'date': return type === Types.DATE;
    case 'time': return type === Types.TIME2 ? meta === column.fraction : type === Types.TIME && column.fraction === 0;
    case 'datetime': return type === Types.DATETIME2 ? meta === column.fraction : type === Types.DATETIME && column.fraction === 0;
    case 'timestamp': return type === Types.TIMESTAMP2 ? meta === column.fraction : type === Types.TIMESTAMP && column.fraction === 0;
    case 'bit': return type === Types.BIT && meta === (column.precision + 7 >> 3);
    case 'char': case 'binary': return type === Types.STRING && meta === column.octets;
    case 'varchar': case 'varbinary': return type === Types.VARCHAR && meta === column.octets;
    case 'enum': return type === Types.ENUM;
    case 'set': return type === Types.SET;
    case 'json': return type === Types.JSON;
    default: return column.lob && (type === Types.BLOB || type === Types.GEOMETRY);
  }
}

/** Reads one value at the cursor and writes it; without a writer it is passed over. */
export function readValue(column, { type, meta, scale }, cursor, writer) {
  const { buffer } = cursor;
  const text = value => writer && write(writer, column, Buffer.from(value));
  const integer = size => {
    const at = cursor.skip(size);
    if (!writer) return;
    const value = size === 8
      ? column.unsigned ? buffer.readBigUInt64LE(at) : buffer.readBigInt64LE(at)
      : column.unsigned ? buffer.readUIntLE(at, size) : buffer.readIntLE(at, size);
    text(column.zerofill ? String(value).padStart(column.zerofill, '0') : String(value));
  };
  const bytes = length => {
    const at = cursor.skip(length);
    if (writer) writeBytes(writer, column, buffer, at, at + length);
  };
  switch (type) {
    case Types.TINY: return integer(1);
    case Types.SHORT: return integer(2);
    case Types.INT24: return integer(3);
    case Types.LONG: return integer(4);
    case Types.LONGLONG: return integer(8);
    case Types.FLOAT: return text(printDouble(buffer.readFloatLE(cursor.skip(4))));
    case Types.DOUBLE: return text(printDouble(buffer.readDoubleLE(cursor.skip(8))));
    case Types.NEWDECIMAL: return text(readDecimal(buffer, cursor, meta, scale, column.zerofill));
    case Types.YEAR: {
      const year = buffer[cursor.skip(1)];
      return text(year === 0 ? '0000' : String(1900 + year));
    }
    case Types.DATE: return text(readDate(buffer.readUIntLE(cursor.skip(3), 3)));
    case Types.DATETIME2: return text(readDateTime(buffer, cursor, meta));
    case Types.TIMESTAMP2: {
      const seconds = buffer.readUInt32BE(cursor.skip(4));
      const fraction = readFraction(buffer, cursor, meta);
      return text(seconds === 0 ? `0000-00-00 00:00:00${fraction}` : printSeconds(seconds) + fraction);
    }
    case Types.TIMESTAMP: {
      const seconds = buffer.readUInt32LE(cursor.skip(4));
      return text(seconds === 0 ? '0000-00-00 00:00:00' : printSeconds(seconds));
    }
    case Types.DATETIME: {
      const digits = String(buffer.readBigUInt64LE(cursor.skip(8))).padStart(14, '0');
      return text(digits.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3 $4:$5:$6'));
    }
    case Types.TIME2: return text(readTime(buffer, cursor, meta));
    case Types.TIME: {
      const value = buffer.readIntLE(cursor.skip(3), 3);
      const digits = String(Math.abs(value)).padStart(6, '0');
      return text(`${value < 0 ? '-' : ''}${digits.slice(0, -4)}:${digits.slice(-4, -2)}:${digits.slice(-2)}`);
    }
    case Types.ENUM: {
      const index = buffer.readUIntLE(cursor.skip(meta), meta);
      return text(index === 0 ? '' : column.values[index - 1]);
    }
    case Types.SET: return text(readSet(buffer, cursor, meta, column.values));
    case Types.BIT: return bytes(meta);
    case Types.VARCHAR: case Types.STRING: {
      const length = meta > 255 ? buffer.readUInt16LE(cursor.skip(2)) : buffer[cursor.skip(1)];
      // The log leaves out the zeros at the end that a BINARY column is filled up with.
      if (column.type === 'binary' && writer && length < column.octets) {
        const padded = Buffer.alloc(column.octets);
        const at = cursor.skip(length);
        buffer.copy(padded, 0, at, at + length);
        return writeBytes(writer, column, padded, 0, padded.length);
      }
      return bytes(length);
    }
    case Types.BLOB: case Types.GEOMETRY: return bytes(buffer.readUIntLE(cursor.skip(meta), meta));
    case Types.JSON: {
      const length = buffer.readUIntLE(cursor.skip(meta), meta);
      const at = cursor.skip(length);
      return text(length === 0 ? 'null' : printJson(decodeJson(buffer.subarray(at, at + length))));
    }
    default: throw new Error(`column '${column.name}' is of a type (${column.type}) that can't be read from the binary log`);
  }
}

const write = (writer, column, bytes) => writer.value(column, bytes, 0, bytes.length);

function writeBytes(writer, column, buffer, start, end) {
  if (column.kind !== 'text' || UTF8.has(column.charset) || column.charset === null) return writer.value(column, buffer, start, end);
  const encoding = ENCODINGS[column.charset] ?? column.charset;
  if (!iconv.encodingExists(encoding)) throw new Error(`column '${column.name}' has the character set ${column.charset}, which can't be converted`);
  write(writer, column, Buffer.from(iconv.decode(buffer.subarray(start, end), encoding)));
}

const pad = (value, digits = 2) => String(value).padStart(digits, '0');

const readDate = value => `${pad(value >> 9, 4)}-${pad((value >> 5) & 15)}-${pad(value & 31)}`;

const printSeconds = seconds => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

function readFraction(buffer, cursor, digits) {
  if (digits === 0) return '';
  const size = digits + 1 >> 1;
  return '.' + pad(buffer.readUIntBE(cursor.skip(size), size), size * 2).slice(0, digits);
}

function readDateTime(buffer, cursor, digits) {
  const value = buffer.readUIntBE(cursor.skip(5), 5) - 0x8000000000;
  const [date, time] = [Math.floor(value / 0x20000), value % 0x20000];
  const months = date >> 5;
  return `${pad(Math.floor(months / 13), 4)}-${pad(months % 13)}-${pad(date & 31)} ` +
    `${pad(time >> 12)}:${pad((time >> 6) & 63)}:${pad(time & 63)}${readFraction(buffer, cursor, digits)}`;
}

// Whole and fraction are one number, of which negative times are the negative.
function readTime(buffer, cursor, digits) {
  const size = digits + 1 >> 1;
  const value = buffer.readUIntBE(cursor.skip(3 + size), 3 + size) - 0x800000 * 256 ** size;
  const absolute = Math.abs(value);
  const [time, fraction] = [Math.floor(absolute / 256 ** size), absolute % 256 ** size];
  return `${value < 0 ? '-' : ''}${pad((time >> 12) & 0x3ff)}:${pad((time >> 6) & 63)}:${pad(time & 63)}` +
    (digits === 0 ? '' : '.' + pad(fraction, size * 2).slice(0, digits));
}

const DECIMAL_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

function readDecimal(buffer, cursor, precision, scale, zerofill) {
  const whole = precision - scale;
  const groups = [];
  if (whole % 9) groups.push(whole % 9);
  for (let i = 0; i < Math.floor(whole / 9); i++) groups.push(9);
  const wholeGroups = groups.length;
  for (let i = 0; i < Math.floor(scale / 9); i++) groups.push(9);
  if (scale % 9) groups.push(scale % 9);
  const size = groups.reduce((sum, digits) => sum + DECIMAL_BYTES[digits], 0);
  const at = cursor.skip(size);
  const bytes = Buffer.from(buffer.subarray(at, at + size));
  const negative = (bytes[0] & 0x80) === 0;
  bytes[0] ^= 0x80;
  if (negative) for (let i = 0; i < size; i++) bytes[i] ^= 0xff;
  let [integer, fraction, position] = ['', '', 0];
  groups.forEach((digits, index) => {
    const text = pad(bytes.readUIntBE(position, DECIMAL_BYTES[digits]), digits);
    position += DECIMAL_BYTES[digits];
    if (index < wholeGroups) integer += text;
    else fraction += text;
  });
  if (!zerofill) integer = integer.replace(/^0+(?=\d)/, '') || '0';
  return `${negative ? '-' : ''}${integer}${scale > 0 ? '.' + fraction : ''}`;
}

function readSet(buffer, cursor, size, values) {
  const at = cursor.skip(size);
  const chosen = [];
  for (let i = 0; i < values.length; i++) if (buffer[at + (i >> 3)] & (1 << (i & 7))) chosen.push(values[i]);
  return chosen.join(',');
}

/** As the server prints it: the shortest digits that mean the value, in exponents past 15 places. */
export function printDouble(value) {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e');
  const [digits, point] = [mantissa.replace('.', ''), Number(exponent) + 1];
  const sign = value < 0 ? '-' : '';
  if (point < -14 || point > 15)
    return `${sign}${digits[0]}${digits.length > 1 ? '.' + digits.slice(1) : ''}e${point - 1}`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + (digits.length <= point ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

function printJson(value) {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return Array.isArray(value)
    ? `[${value.map(printJson).join(', ')}]`
    : `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${printJson(member)}`).join(', ')}}`;
}
