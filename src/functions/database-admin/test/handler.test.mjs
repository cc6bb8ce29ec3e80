import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import http from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import mysql from 'mysql2/promise';
import { handler } from '../index.mjs';
import { startServer } from './server.mjs';

// What the function asks AWS for: secrets by their ARN, and objects by their path.
const secrets = {};
const objects = {};
const aws = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request)
    body += chunk;
  assert.match(request.headers.authorization, /^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/eu-west-1\/(s3|secretsmanager)\/aws4_request, SignedHeaders=(content-type;)?host;x-amz-content-sha256;/);
  if (request.method === 'POST') {
    const found = secrets[JSON.parse(body).SecretId];
    response.writeHead(found ? 200 : 400).end(JSON.stringify(found ? { SecretString: JSON.stringify(found) } : { __type: 'ResourceNotFoundException' }));
  } else {
    const found = objects[request.url];
    response.writeHead(found === undefined ? 404 : 200).end(found);
  }
});

const schema = `
CREATE SCHEMA IF NOT EXISTS shop;
USE shop;
DROP TABLE IF EXISTS item, item_log;
CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20));
CREATE TABLE item_log (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20));
DELIMITER ;;
CREATE TRIGGER ins_item AFTER INSERT ON item FOR EACH ROW BEGIN
  INSERT INTO item_log (name) VALUES (new.name);
END;;
DELIMITER ;
`;
const data = "USE shop; SET AUTOCOMMIT=0; INSERT INTO item VALUES (1, 'a;b'), (2, 'it''s');\n";

let server;

before(async () => {
  server = await startServer();
  await new Promise(resolve => aws.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${aws.address().port}`, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key',
    ADMIN_SECRET_ARN: 'admin', REPLICATION_SECRET_ARN: 'dms', DATABASE_TLS: 'none', BINLOG_HOURS: '48',
    TABLES: '{"shop":["item","item_log"]}', SEED_BUCKET: 'landing', SEED_PREFIX: 'seed/',
  });
});

after(async () => {
  await server.stop();
  aws.close();
});

beforeEach(async () => {
  secrets.admin = { username: 'admin', password: 'secret', host: '127.0.0.1', port: server.port };
  secrets.dms = { username: 'dms', password: 'first', host: '127.0.0.1', port: server.port };
  objects['/landing/seed/shop/shop-schema.sql'] = schema;
  objects['/landing/seed/shop/shop-data.sql'] = data;
  await server.root.query(`
    DROP SCHEMA IF EXISTS shop; DROP USER IF EXISTS dms; DROP PROCEDURE IF EXISTS mysql.rds_set_configuration; DROP TABLE IF EXISTS mysql.configured;
    CREATE TABLE mysql.configured (name VARCHAR(50), value INT);
    CREATE PROCEDURE mysql.rds_set_configuration(name VARCHAR(50), value INT) INSERT INTO mysql.configured VALUES (name, value);
    SET GLOBAL expire_logs_days = 0`);
});

test('prepare sets the hours of the binary log and creates the user with its grants, as often as it is asked', async () => {
  for (let i = 0; i < 2; i++) {
    const answer = await handler({ action: 'prepare' });
    assert.deepEqual(answer, { binlogHours: 48, user: 'dms', grants: ['REPLICATION CLIENT, REPLICATION SLAVE ON *.*', 'SELECT ON `shop`.*'] });
  }
  const [rows] = await server.root.query('SELECT * FROM mysql.configured');
  assert.deepEqual(rows.map(row => ({ ...row })), Array(2).fill({ name: 'binlog retention hours', value: 48 }));
  assert.deepEqual(await grants(), ['GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.*', 'GRANT SELECT ON `shop`.*']);
});

test('prepare takes grants away that are not for DMS, and gives the password of the secret', async () => {
  await server.root.query("CREATE USER dms@'%' IDENTIFIED BY 'other'; GRANT INSERT ON mysql.* TO dms@'%'; GRANT PROCESS ON *.* TO dms@'%'");

  await handler({ action: 'prepare' });

  assert.deepEqual(await grants(), ['GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.*', 'GRANT SELECT ON `shop`.*']);
  await (await mysql.createConnection({ host: '127.0.0.1', port: server.port, user: 'dms', password: 'first' })).end();
});

test("prepare of a server that isn't RDS's says how long its binary log must stay", async () => {
  await server.root.query('DROP PROCEDURE mysql.rds_set_configuration; SET GLOBAL expire_logs_days = 1');

  await assert.rejects(handler({ action: 'prepare' }), { message: 'The server deletes its binary log after 24 hours, and replication needs 48: set binlog_expire_logs_seconds to 172800.' });

  await server.root.query('SET GLOBAL expire_logs_days = 2');
  assert.equal((await handler({ action: 'prepare' })).binlogHours, 48);
});

test('prepare refuses to make the administrator the user of DMS', async () => {
  secrets.dms.username = 'admin';
  await assert.rejects(handler({ action: 'prepare' }), { message: "DMS's user and the administrator are both called admin. Give DMS a user of its own." });
});

test('seed loads schema, triggers and data once, and again only when forced', async () => {
  assert.deepEqual(await handler({ action: 'seed' }), { seeded: true, statements: 9, rows: { 'shop.item': 2, 'shop.item_log': 2 }, total: 4 });
  assert.deepEqual(await handler({ action: 'seed' }), { seeded: false, reason: 'The tables hold 4 rows already.', rows: { 'shop.item': 2, 'shop.item_log': 2 }, total: 4 });
  assert.equal((await handler({ action: 'seed', force: true })).seeded, true);
  const [rows] = await server.root.query('SELECT name FROM shop.item ORDER BY id');
  assert.deepEqual(rows.map(row => row.name), ['a;b', "it's"]);
});

test('seed names file and line of what is wrong', async () => {
  objects['/landing/seed/shop/shop-data.sql'] = 'USE shop;\n\nINSERT INTO items VALUES (1);';
  await assert.rejects(handler({ action: 'seed' }), { message: "seed/shop/shop-data.sql, line 3: Table 'shop.items' doesn't exist" });
});

test('seed of files that are missing, elsewhere or without the tables says so', async () => {
  await assert.rejects(handler({ action: 'seed', files: ['seed/x.sql'] }), /s3:\/\/landing\/seed\/x\.sql isn't there/);
  await assert.rejects(handler({ action: 'seed', files: ['film_events/x.sql'] }), /film_events\/x\.sql isn't under seed\//);
  objects['/landing/seed/x.sql'] = 'SELECT 1';
  await assert.rejects(handler({ action: 'seed', files: ['seed/x.sql'] }), { message: "The files were loaded and don't create shop.item, shop.item_log." });
});

test('counts has null for a table that is not there', async () => {
  await server.root.query('CREATE SCHEMA shop; CREATE TABLE shop.item (id INT); INSERT INTO shop.item VALUES (1), (2), (3)');
  assert.deepEqual(await handler({ action: 'counts' }), { rows: { 'shop.item': 3, 'shop.item_log': null }, total: 3 });
});

const kinds = [
  { name: 'id', kind: 'integer' }, { name: 'price', kind: 'decimal' }, { name: 'made', kind: 'timestamp' }, { name: 'day', kind: 'date' },
  { name: 'label', kind: 'text', largeObject: true }, { name: 'features', kind: 'text' }, { name: 'picture', kind: 'binary' }, { name: 'place', kind: 'binary' },
];
const request = { action: 'checksums', tables: [{ schema: 'shop', name: 'item', columns: kinds }], nullText: 'NULL', largeObjectBytes: 5 };

test('checksums are the sums of hashes over canonical texts, and a single changed value changes them', async () => {
  await server.root.query(`CREATE SCHEMA shop; CREATE TABLE shop.item (id INT(5) ZEROFILL PRIMARY KEY, price DECIMAL(5,2), made DATETIME, day DATE, label TEXT,
    features SET('a','b'), picture BLOB, place GEOMETRY);
    SET SESSION sql_mode = ''; INSERT INTO shop.item VALUES
      (1, 4.9, '2026-01-02 03:04:05', '2026-01-02', 'a|b\\\\c', 'a,b', x'00ff', POINT(1, 2)), (2, NULL, '0000-00-00', NULL, 'NULL', '', NULL, NULL), (3, -0.5, NULL, NULL, 'übergroß', NULL, '', NULL)`);
  const texts = [
    '1|4.90|2026-01-02 03:04:05.000|2026-01-02|a\\|b\\\\c|a,b|00FF|000000000101000000000000000000F03F0000000000000040',
    '2|\\N|\\N|\\N|\\N||\\N|\\N',
    '3|-0.50|\\N|\\N|über|\\N||\\N',
  ];
  const expected = texts.reduce((sum, text) => sum + createHash('md5').update(text).digest().readBigInt64BE(0), 0n);

  assert.deepEqual(await handler(request), { tables: { 'shop.item': { rows: 3, checksum: String(expected) } } });

  await server.root.query('UPDATE shop.item SET price = 4.91 WHERE id = 1');
  const changed = await handler(request);
  assert.notEqual(changed.tables['shop.item'].checksum, String(expected));
  await server.root.query('UPDATE shop.item SET price = 4.9 WHERE id = 1');
  assert.deepEqual(await handler(request), { tables: { 'shop.item': { rows: 3, checksum: String(expected) } } });
});

test('checksums of what is not there or not replicated', async () => {
  assert.deepEqual(await handler(request), { tables: { 'shop.item': null } });
  await assert.rejects(handler({ ...request, tables: [{ schema: 'mysql', name: 'user', columns: [] }] }), { message: "The function doesn't know mysql.user. Deploy it again." });
});

test('a wrong password, a database that is away and an unknown action are said in a sentence', async () => {
  secrets.admin.password = 'wrong';
  await assert.rejects(handler({ action: 'counts' }), /^Error: Can't connect to 127\.0\.0\.1:\d+ as admin: Access denied .*The secret holds another password than the database has\.$/);
  secrets.admin.port = 1;
  await assert.rejects(handler({ action: 'counts' }), /Nothing listens there: is the database running\?$/);
  await assert.rejects(handler({ action: 'drop' }), { message: 'Unknown action "drop". Known are prepare, seed, counts, checksums.' });
  delete secrets.admin;
  await assert.rejects(handler({ action: 'counts' }), /^Error: The secret admin can't be read: .*ResourceNotFoundException/);
});

async function grants() {
  const [rows] = await server.root.query("SHOW GRANTS FOR dms@'%'");
  return rows.map(row => Object.values(row)[0].replace(/ TO `dms`.*$/, ''));
}
