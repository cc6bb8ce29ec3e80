// One replication task, driven by the cloud: its configuration is the first line of the input, and it ends when the input does.
import { connect, explain, query } from './source.mjs';
import { checkReplication, currentPosition } from './preflight.mjs';
import { compileRules } from './selection.mjs';
import { selectedTables } from './tables.mjs';
import { loadTables } from './load.mjs';
import { captureChanges } from './changes.mjs';
import { TaskError, send } from './messages.mjs';

readConfiguration().then(run).catch(error => {
  const failure = error instanceof TaskError ? error : new TaskError(`${error.stack ?? error}`);
  send({ failed: { message: failure.message, recoverable: failure.recoverable } });
  process.exit(1);
});

function readConfiguration() {
  return new Promise((resolve, reject) => {
    let text = '';
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', chunk => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0) return;
      try {
        resolve(JSON.parse(text.slice(0, end)));
      } catch (error) {
        reject(error);
      }
      text = '';
    });
    // Whoever started this process is gone or wants it to be.
    process.stdin.on('end', () => process.exit(0));
  });
}

async function run(config) {
  await (config.mode === 'test' ? test(config) : replicate(config));
  send({ done: true });
  process.exit(0);
}

async function test({ source }) {
  const connection = await connect(source);
  try {
    await query(connection, 'SELECT 1');
  } catch (error) {
    throw explain(error, source);
  } finally {
    connection.destroy();
  }
}

async function replicate(config) {
  const rules = compileRules(config.rules);
  const known = new Map(config.tables.map(table => [`${table.schema}.${table.name}`, table]));
  let nextId = config.nextId;
  const announce = (table, changed = false) => {
    table.id = nextId++;
    known.set(`${table.schema}.${table.name}`, table);
    send({ table, changed });
  };
  const toLoad = await prepare(config, rules, known);
  if (toLoad.length > 0) await loadTables(config, rules, toLoad, announce);
  if (config.loads) send({ loadDone: true });
  if (!config.captures) return;
  if (config.start === null) throw new TaskError('There is no position to capture changes from.');
  await captureChanges(config, rules, known, announce);
}

async function prepare(config, rules, known) {
  const connection = await connect(config.source);
  try {
    if (config.captures) await checkReplication(connection);
    const selected = await selectedTables(connection, rules);
    if (selected.length === 0 && known.size === 0)
      throw new TaskError('No tables were found at task initialization. Either the selected table(s) no longer exist or no match was found for the table selection pattern(s).');
    for (const table of selected) {
      const keys = await query(connection, "SELECT 1 FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COLUMN_KEY = 'PRI' LIMIT 1", [table.schema, table.name]);
      table.keyless = config.captures && keys.length === 0;
    }
    // Before the first snapshot: whatever comes later is either in a table's snapshot or behind this position.
    if (config.captures && config.start === null) config.start = await currentPosition(connection);
    send({ selected, start: config.captures ? config.start : null });
    if (!config.loads) return [];
    const finished = new Set(config.finished);
    return selected.filter(table => !finished.has(`${table.schema}.${table.name}`));
  } catch (error) {
    throw explain(error, config.source);
  } finally {
    connection.destroy();
  }
}
