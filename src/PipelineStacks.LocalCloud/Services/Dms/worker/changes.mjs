// Change data capture: whole transactions in commit order, from a position on.
import { connect, explain, query } from './source.mjs';
import { comparePositions } from './preflight.mjs';
import { describeTable } from './tables.mjs';
import { Cursor, parseEvent, readBinlog } from './binlog.mjs';
import { matches, readValue } from './values.mjs';
import { RowWriter } from './rows.mjs';
import { TaskError, log, send } from './messages.mjs';
import { readDdl } from './ddl.mjs';

const FLUSH_ROWS = 500;
const FLUSH_BYTES = 512 * 1024;
const IDLE = 1000;

export async function captureChanges(config, rules, tables, announce) {
  const control = await connect(config.source);
  const connection = await connect(config.source);
  try {
    await new Capture(config, rules, tables, announce, control).run(connection);
  } catch (error) {
    if (error instanceof TaskError) throw error;
    if (error.errno === 1236)
      throw new TaskError(`Failed to find the position in the source's binary log: ${error.sqlMessage}. It was purged before it was read; reload the target.`);
    throw explain(error, config.source);
  } finally {
    connection.destroy();
    control.destroy();
  }
}

class Capture {
  /** @param tables by "schema.name": what is replicated, with columns, or with what keeps it from being replicated */
  constructor(config, rules, tables, announce, control) {
    Object.assign(this, { config, rules, tables, announce, control });
    this.writer = new RowWriter(config.format, config.lobBytes);
    this.keys = new RowWriter({ ...config.format, always: true }, 0);
    // Where the transaction that is being read began.
    this.position = { ...config.start };
    this.maps = new Map();
    this.batch = [];
    this.bytes = 0;
    this.inTransaction = false;
    this.sentIdle = 0;
  }

  async run(connection) {
    await query(this.control, "SET SESSION time_zone = '+00:00'");
    send({ capturing: this.position });
    await readBinlog(connection, this.config.serverId, this.position, bytes => this.on(parseEvent(bytes)));
  }

  on(event) {
    switch (event.kind) {
      case 'rotate':
        // Sent at the beginning, too.
        if (event.file !== this.position.file) this.position = { file: event.file, position: event.position };
        return this.maps.clear();
      case 'begin': this.inTransaction = !event.standalone; return;
      case 'table': return this.onTable(event);
      case 'rows': return this.onRows(event);
      case 'commit': return this.commit(event);
      case 'query': return this.onQuery(event);
      case 'heartbeat': return this.idle();
    }
  }

  onQuery(event) {
    const sql = event.sql.trimStart();
    if (/^BEGIN\b/i.test(sql)) {
      this.inTransaction = true;
      return;
    }
    if (/^(COMMIT|ROLLBACK)\b/i.test(sql)) return /^ROLLBACK TO/i.test(sql) ? undefined : this.commit(event);
    if (/^(SAVEPOINT|XA|RELEASE|SET|#|--)/i.test(sql)) return;
    if (/^(INSERT|UPDATE|DELETE|REPLACE|LOAD)\b/i.test(sql))
      throw new TaskError(`Binary Logging must use ROW format for MySQL server: a session logged the statement '${sql.slice(0, 80)}'. Set 'binlog_format' to ROW, and reload the target.`);
    return this.onDdl(event);
  }

  async onDdl(event) {
    for (const { action, schema, name } of readDdl(event.sql, event.schema)) {
      const key = `${schema}.${name}`;
      if (!this.rules.selects(schema, name) || this.included(key)) continue;
      const table = this.tables.get(key) ?? (action === 'truncate' ? await this.find(key, schema, name) : undefined);
      if (action === 'truncate') {
        if (this.config.handleTruncate && table && !table.failed) this.add([table.id, 'T', '', event.time]);
      } else if (action === 'drop') {
        if (table) send({ dropped: { schema, name } });
        this.tables.delete(key);
      } else if (table) {
        table.stale = true;
      }
      if (table) send({ ddl: { schema, name } });
    }
    this.maps.clear();
    this.commit(event);
  }

  async onTable(event) {
    if (!this.rules.selects(event.schema, event.name)) return;
    const key = `${event.schema}.${event.name}`;
    let table = this.tables.get(key);
    if (table?.failed) return;
    if (!table || table.stale || !fits(table, event)) table = await this.refresh(key, event, table);
    if (table && !table.failed) this.maps.set(event.id, { table, columns: event.columns });
  }

  async find(key, schema, name) {
    const table = await describeTable(this.control, this.rules, schema, name);
    if (table === null) return undefined;
    this.announce(table, true);
    this.tables.set(key, table);
    return table;
  }

  // The log has only types: names and signs are the information schema's, which knows them as they are now. Where both agree
  // the table is followed through the change; where they don't, it was changed again later, and is suspended.
  async refresh(key, event, before) {
    const table = await describeTable(this.control, this.rules, event.schema, event.name);
    if (table === null || !fits(table, event)) return this.suspend(key, before ?? event, table === null
      ? 'Table was dropped after the change that is being read'
      : 'Table definition differs from the one in the binary log. Reload the table');
    table.snapshot = before?.snapshot;
    this.announce(table, true);
    this.tables.set(key, table);
    return table;
  }

  suspend(key, { schema, name }, message) {
    this.tables.set(key, { failed: true });
    send({ tableFailed: { schema, name, message } });
    return null;
  }

  // What the table's snapshot has already.
  included(key) {
    const snapshot = this.tables.get(key)?.snapshot;
    return snapshot && comparePositions(this.position, snapshot) < 0;
  }

  onRows(event) {
    const map = this.maps.get(event.id);
    if (!map) return;
    const { table, columns } = map;
    const key = `${table.schema}.${table.name}`;
    if (this.tables.get(key)?.failed || this.included(key)) return;
    try {
      const { cursor } = event;
      while (cursor.at < cursor.end) this.row(table, columns, event);
    } catch (error) {
      this.suspend(key, table, error.message);
    }
  }

  row(table, columns, event) {
    const { op, cursor } = event;
    // DMS appends to S3 whatever the log has; large objects it captures only of tables with a key.
    table.keyless ??= !table.columns.some(column => column.key);
    if (op !== 'U') return this.emit(table, op, this.image(table, columns, event.present, cursor, this.writer), event.time);
    const start = cursor.at;
    const keyBefore = this.image(table, columns, event.present, cursor, this.keys, true);
    const between = cursor.at;
    const after = this.image(table, columns, event.presentAfter, cursor, this.writer);
    const end = cursor.at;
    cursor.at = between;
    const keyAfter = this.image(table, columns, event.presentAfter, cursor, this.keys, true);
    cursor.at = end;
    if (keyBefore === keyAfter) return this.emit(table, 'U', after, event.time);
    // A row that gets another key is another row to whoever applies the changes by key.
    this.emit(table, 'D', this.image(table, columns, event.present, new Cursor(cursor.buffer, start, cursor.end), this.writer), event.time);
    this.emit(table, 'I', after, event.time);
  }

  image(table, columns, present, cursor, writer, keysOnly = false) {
    let available = 0;
    for (let i = 0; i < columns.length; i++) if (bit(present, i)) available++;
    const nulls = cursor.take(available + 7 >> 3);
    let [index, first] = [0, true];
    for (let i = 0; i < columns.length; i++) {
      const column = table.columns[i];
      const wanted = keysOnly ? column.key : column.target !== null;
      if (wanted && !first) writer.raw(writer.delimiter);
      if (wanted) first = false;
      if (!bit(present, i)) throw new Error("the binary log lacks columns: 'binlog_row_image' must be FULL");
      if (bit(nulls, index++)) {
        if (wanted) writer.null();
      } else if (wanted && column.lob && table.keyless) {
        readValue(column, columns[i], cursor, null);
        writer.null();
      } else {
        readValue(column, columns[i], cursor, wanted ? writer : null);
      }
    }
    return writer.take().toString('utf8');
  }

  emit(table, op, csv, time) {
    if (!this.config.ops.includes(op)) return;
    this.add([table.id, op, csv, time]);
  }

  add(change) {
    this.batch.push(change);
    this.bytes += change[2].length;
    // A transaction may be larger than the memory. What was sent counts once its commit is.
    if (this.batch.length >= FLUSH_ROWS || this.bytes >= FLUSH_BYTES) {
      send({ changes: this.batch });
      this.batch = [];
      this.bytes = 0;
      this.unfinished = true;
    }
  }

  commit(event) {
    this.inTransaction = false;
    if (event.next > 0) this.position = { file: this.position.file, position: event.next };
    this.maps.clear();
    if (this.batch.length === 0 && !this.unfinished) return this.idle();
    send({ changes: this.batch, commit: { ...this.position, time: event.time, latency: latency(event) } });
    this.batch = [];
    this.bytes = 0;
    this.unfinished = false;
  }

  // Moves the position past what is not replicated, so that the source may purge it.
  idle() {
    if (this.inTransaction || this.unfinished || this.batch.length > 0 || Date.now() - this.sentIdle < IDLE) return;
    this.sentIdle = Date.now();
    send({ idle: this.position });
  }
}

const latency = event => Math.max(0, Math.floor(Date.now() / 1000) - event.time);

const bit = (bits, index) => (bits[index >> 3] >> (index & 7)) & 1;

function fits(table, event) {
  return table.columns.length === event.columns.length && table.columns.every((column, index) => matches(column, event.columns[index]));
}
