// The binary log as a stream of the events that matter: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication.html
import zlib from 'node:zlib';
import { Command, Packets } from './resultset.mjs';
import { query } from './source.mjs';
import { TaskError } from './messages.mjs';
import { readMetadata } from './values.mjs';

const HEARTBEAT = 5;
const HEADER = 19;
const MOST_WAITING = 2_000;

class Dump extends Command {
  constructor(serverId, start, onEvent, onEnd) {
    super();
    Object.assign(this, { serverId, from: start, onEvent, onResult: onEnd });
  }

  start(_, connection) {
    const name = Buffer.from(this.from.file);
    const body = Buffer.alloc(4 + 11 + name.length);
    body[4] = 0x12;
    body.writeUInt32LE(this.from.position, 5);
    body.writeUInt16LE(0, 9);
    body.writeUInt32LE(this.serverId, 11);
    name.copy(body, 15);
    const request = new Packets.Packet(0, body, 0, body.length);
    connection.writePacket(request);
    return this.event;
  }

  event(packet) {
    const { buffer, offset, end } = packet;
    if (buffer[offset] === 0xfe && end - offset < 9) {
      this.onResult(null);
      return null;
    }
    this.onEvent(buffer.subarray(offset + 1, end));
    return this.event;
  }
}

/** Calls back for each event, one after the other, and awaits it. Ends with an error only. */
export async function readBinlog(connection, serverId, start, onEvent) {
  // Says that checksums are understood, and asks to hear every few seconds that the source is there.
  await query(connection, "SET @master_binlog_checksum = 'NONE', @source_binlog_checksum = 'NONE'");
  await query(connection, `SET @master_heartbeat_period = ${HEARTBEAT}000000000, @source_heartbeat_period = ${HEARTBEAT}000000000, @mariadb_slave_capability = 4`);
  await new Promise((resolve, reject) => {
    const waiting = [];
    let busy = false;
    let paused = false;
    let watch;
    const checksums = new Checksums();
    const fail = error => {
      clearTimeout(watch);
      reject(error);
    };
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => paused ? alive() : fail(new TaskError('The source has not been heard of for 30 seconds.', true)), 30_000);
    };
    const work = async () => {
      busy = true;
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const pending = onEvent(next);
          if (pending) await pending;
          if (paused && waiting.length < MOST_WAITING / 4) {
            paused = false;
            connection.resume();
          }
        }
        busy = false;
      } catch (error) {
        fail(error);
      }
    };
    alive();
    connection.once('error', fail);
    connection.addCommand(new Dump(serverId, start, bytes => {
      alive();
      waiting.push(checksums.strip(bytes));
      if (!busy) work();
      else if (!paused && waiting.length > MOST_WAITING) {
        paused = true;
        connection.pause();
      }
    }, error => fail(error ?? new TaskError('The source ended the binary log.', true))));
  });
}

// Whether a file's events end in a checksum, which nobody needs over TCP, is in the file's first event. Events that the server
// makes up itself may differ from it: those that matter are told by whether their last bytes are one.
class Checksums {
  #on = false;

  strip(bytes) {
    const type = bytes[4];
    if (type === 15) this.#on = bytes[bytes.length - 5] === 1;
    const has = type === 4 ? zlib.crc32(bytes.subarray(0, -4)) === bytes.readUInt32LE(bytes.length - 4) : this.#on;
    return has ? bytes.subarray(0, -4) : bytes;
  }
}

export class Cursor {
  constructor(buffer, at, end) {
    Object.assign(this, { buffer, at, end });
  }

  /** Moves on and tells where it was. */
  skip(bytes) {
    const at = this.at;
    this.at += bytes;
    return at;
  }

  lengthCoded() {
    const first = this.buffer[this.skip(1)];
    if (first < 0xfb) return first;
    if (first === 0xfc) return this.buffer.readUInt16LE(this.skip(2));
    if (first === 0xfd) return this.buffer.readUIntLE(this.skip(3), 3);
    return Number(this.buffer.readBigUInt64LE(this.skip(8)));
  }

  name() {
    const length = this.buffer[this.skip(1)];
    const at = this.skip(length + 1);
    return this.buffer.toString('utf8', at, at + length);
  }

  take(bytes) {
    const at = this.skip(bytes);
    return this.buffer.subarray(at, at + bytes);
  }
}

const ROWS = {
  23: ['I', 1], 24: ['U', 1], 25: ['D', 1], 30: ['I', 2], 31: ['U', 2], 32: ['D', 2],
  166: ['I', 1, true], 167: ['U', 1, true], 168: ['D', 1, true], 169: ['I', 2, true], 170: ['U', 2, true], 171: ['D', 2, true],
};

export function parseEvent(bytes) {
  const type = bytes[4];
  const event = { time: bytes.readUInt32LE(0), next: bytes.readUInt32LE(13) };
  const cursor = new Cursor(bytes, HEADER, bytes.length);
  if (ROWS[type]) return Object.assign(event, parseRows(cursor, ...ROWS[type]));
  switch (type) {
    case 2: return Object.assign(event, parseQuery(cursor));
    case 4: return Object.assign(event, {
      kind: 'rotate', position: Number(bytes.readBigUInt64LE(cursor.skip(8))), file: bytes.toString('utf8', cursor.at),
    });
    case 16: return Object.assign(event, { kind: 'commit' });
    case 19: return Object.assign(event, parseTableMap(cursor));
    case 27: return Object.assign(event, { kind: 'heartbeat' });
    case 39: throw new TaskError("The source writes partial JSON updates, which can't be replicated. Clear 'binlog_row_value_options', and resume the task.");
    case 40: throw new TaskError("The source compresses its transactions, which can't be replicated. Set 'binlog_transaction_compression' to OFF, and resume the task.");
    case 162: return Object.assign(event, { kind: 'begin', standalone: (bytes[cursor.at + 12] & 1) === 1 });
    case 165: throw new TaskError("The source compresses its statements, which can't be replicated. Set 'log_bin_compress' to OFF, and resume the task.");
    default: return Object.assign(event, { kind: 'other' });
  }
}

function parseQuery(cursor) {
  cursor.skip(8);
  const schemaLength = cursor.buffer[cursor.skip(1)];
  cursor.skip(2);
  cursor.skip(2 + cursor.buffer.readUInt16LE(cursor.at));
  const schema = cursor.take(schemaLength).toString();
  cursor.skip(1);
  return { kind: 'query', schema, sql: cursor.buffer.toString('utf8', cursor.at, cursor.end) };
}

function parseTableMap(cursor) {
  const id = cursor.buffer.readUIntLE(cursor.skip(6), 6);
  cursor.skip(2);
  const [schema, name] = [cursor.name(), cursor.name()];
  const types = cursor.take(cursor.lengthCoded());
  const columns = readMetadata(types, cursor.take(cursor.lengthCoded()));
  return { kind: 'table', id, schema, name, columns };
}

function parseRows(cursor, op, version, compressed = false) {
  const id = cursor.buffer.readUIntLE(cursor.skip(6), 6);
  cursor.skip(2);
  if (version === 2) cursor.skip(cursor.buffer.readUInt16LE(cursor.at));
  const columns = cursor.lengthCoded();
  const present = cursor.take(columns + 7 >> 3);
  const presentAfter = op === 'U' ? cursor.take(columns + 7 >> 3) : present;
  if (compressed) {
    const rows = inflate(cursor);
    cursor = new Cursor(rows, 0, rows.length);
  }
  return { kind: 'rows', id, op, columns, present, presentAfter, cursor };
}

// A byte that says how many bytes the original's length has, that length, and the zlib stream.
function inflate(cursor) {
  cursor.skip(1 + (cursor.buffer[cursor.at] & 7));
  return zlib.inflateSync(cursor.buffer.subarray(cursor.at, cursor.end));
}
