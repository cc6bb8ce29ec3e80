// The full load: tables in parallel, each in a snapshot of its own whose place in the binary log is known, streamed into files.
import fs from 'node:fs';
import path from 'node:path';
import { connect, query, explain } from './source.mjs';
import { comparePositions, currentPosition } from './preflight.mjs';
import { describeTable, selectOf } from './tables.mjs';
import { RowWriter } from './rows.mjs';
import { streamRows } from './resultset.mjs';
import { TaskError, log, send } from './messages.mjs';

const FLUSH = 512 * 1024;
const PROGRESS = 100_000;

export async function loadTables(config, rules, tables, announce) {
  const waiting = [...tables];
  const lane = async () => {
    for (let table = waiting.shift(); table; table = waiting.shift()) await loadTable(config, rules, table, announce);
  };
  await Promise.all(Array.from({ length: Math.min(config.load.parallel, tables.length) }, lane));
}

async function loadTable(config, rules, { schema, name }, announce) {
  const connection = await connect(config.source);
  try {
    await query(connection, "SET SESSION time_zone = '+00:00', net_write_timeout = 3600");
    await query(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    const snapshot = await openSnapshot(connection, config);
    const table = await describeTable(connection, rules, schema, name);
    if (table === null) return send({ tableFailed: { schema, name, message: `Table '${schema}'.'${name}' does not exist or the source user has no SELECT privilege on it` } });
    announce(table);
    send({ loading: { schema, name, id: table.id, snapshot } });
    await streamTable(connection, config, table);
  } catch (error) {
    if (error instanceof TaskError || error.fatal) throw explain(error, config.source);
    send({ tableFailed: { schema, name, message: error.sqlMessage ?? error.message } });
  } finally {
    connection.destroy();
  }
}

// MariaDB says where in the binary log a snapshot is. On MySQL the log is held still for the moment, where the user may do that;
// otherwise changes of that moment may come twice, as inserts of rows that are there and updates that change nothing.
async function openSnapshot(connection, config) {
  if (!config.captures) {
    await query(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT');
    return null;
  }

  if (await knowsSnapshotPosition(connection)) {
    await query(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT');
    const status = await snapshotStatus(connection);
    return { file: status.binlog_snapshot_file, position: Number(status.binlog_snapshot_position) };
  }

  const locked = await tryLock(connection);
  const position = await currentPosition(connection);
  await query(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT');
  if (locked) await query(connection, 'UNLOCK TABLES');
  else if (comparePositions(await currentPosition(connection), position) !== 0)
    log('W', 'The source changed while a snapshot was opened and its user may not hold it still (RELOAD): changes of that moment are applied again.');
  return position;
}

async function snapshotStatus(connection) {
  const rows = await query(connection, "SHOW STATUS LIKE 'binlog_snapshot_%'");
  return Object.fromEntries(rows.map(row => [row.Variable_name.toLowerCase(), row.Value]));
}

const knowsSnapshotPosition = async connection => 'binlog_snapshot_file' in await snapshotStatus(connection);

async function tryLock(connection) {
  try {
    await query(connection, 'SET SESSION lock_wait_timeout = 5');
    await query(connection, 'FLUSH TABLES WITH READ LOCK');
    return true;
  } catch (error) {
    if (['ER_SPECIFIC_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_ERROR', 'ER_LOCK_WAIT_TIMEOUT'].includes(error.code)) return false;
    throw error;
  }
}

async function streamTable(connection, config, table) {
  const part = new PartWriter(config, table);
  const { format } = config;
  const writer = new RowWriter(format, config.lobBytes);
  const columns = table.columns.filter(column => column.target !== null);
  const [count, last] = [columns.length, columns.length - 1];
  let [prefix, suffix] = [rowPrefix(config), rowSuffix(config, table)];
  let rows = 0;
  await streamRows(connection, selectOf(table), (buffer, at) => {
    if (prefix) writer.raw(prefix);
    for (let i = 0; i < count; i++) {
      let length = buffer[at++];
      if (length === 0xfb) {
        writer.null();
      } else {
        if (length === 0xfc) { length = buffer.readUInt16LE(at); at += 2; }
        else if (length === 0xfd) { length = buffer.readUIntLE(at, 3); at += 3; }
        else if (length === 0xfe) { length = Number(buffer.readBigUInt64LE(at)); at += 8; }
        writer.value(columns[i], buffer, at, at + length);
        at += length;
      }
      if (i < last) writer.raw(writer.delimiter);
    }
    if (suffix) writer.raw(suffix);
    writer.raw(writer.end);
    part.rows++;
    if (writer.length >= FLUSH) {
      part.write(writer.take());
      [prefix, suffix] = [rowPrefix(config), rowSuffix(config, table)];
    }
    if (++rows % PROGRESS === 0) send({ progress: { schema: table.schema, name: table.name, rows } });
  });
  part.write(writer.take());
  part.close();
  if (writer.truncated > 0)
    log('W', `${writer.truncated} LOB values of '${table.schema}'.'${table.name}' were truncated to LobMaxSize (${config.lobBytes / 1024} KB)`);
  send({ loaded: { schema: table.schema, name: table.name, rows } });
}

/** What stands before the columns: Op and the time of the transfer. */
function rowPrefix({ format, timeOffset, loadTime }) {
  const fields = [];
  if (format.opInLoad) fields.push(format.always ? '"I"' : 'I');
  if (format.timestamp) {
    const text = loadTime ?? timeNow(timeOffset);
    fields.push(format.always ? `"${text}"` : text);
  }
  return fields.length === 0 ? null : Buffer.from(fields.map(field => field + format.delimiter).join(''));
}

const timeNow = offset => `${new Date(Date.now() + offset).toISOString().replace('T', ' ').slice(0, 23)}000`;

/** What stands behind the columns: the headers that rules add. A loaded row has no place in the log, and so an empty text for it. */
function rowSuffix({ format, timeOffset }, { added }) {
  if (added.length === 0) return null;
  const values = { $AR_H_OPERATION: 'INSERT', $AR_H_TIMESTAMP: timeNow(timeOffset), $AR_H_COMMIT_TIMESTAMP: timeNow(timeOffset) };
  const fields = added.map(({ expression }) => values[expression] ?? '');
  return Buffer.from(fields.map(field => format.delimiter + (format.always ? `"${field}"` : field)).join(''));
}

class PartWriter {
  constructor(config, table) {
    Object.assign(this, { config, table, number: 0, file: null, handle: null, rows: 0, bytes: 0 });
  }

  write(bytes) {
    if (bytes.length === 0) return;
    if (this.handle === null) this.open();
    fs.writeSync(this.handle, bytes);
    this.bytes += bytes.length;
    if (this.bytes >= this.config.load.maxFileBytes) this.close();
  }

  open() {
    this.number++;
    this.file = path.join(this.config.load.folder, `${this.table.id}-${this.number}.load`);
    this.handle = fs.openSync(this.file, 'w');
    this.bytes = 0;
    const header = this.config.format.header && headerOf(this.config.format, this.table);
    if (header) this.bytes = fs.writeSync(this.handle, header);
  }

  close() {
    if (this.handle === null) return;
    fs.closeSync(this.handle);
    this.handle = null;
    const { schema, name, id } = this.table;
    send({ part: { schema, name, id, number: this.number, file: this.file, rows: this.rows } });
    this.rows = 0;
  }
}

function headerOf(format, table) {
  const names = table.columns.filter(column => column.target !== null).map(column => column.target);
  names.push(...table.added.map(column => column.target));
  if (format.timestamp) names.unshift(format.timestamp);
  if (format.opInLoad) names.unshift('Op');
  return names.join(format.delimiter) + format.rowDelimiter;
}
