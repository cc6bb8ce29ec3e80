import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statements } from '../lib/statements.mjs';

const texts = script => [...statements(script)].map(statement => statement.text);

test('statements end at semicolons, but for those in texts, names and comments', () => {
  assert.deepEqual(
    texts("SELECT ';', \"a;b\", 'it''s;', 'a\\';b' FROM `a;b`; -- not; here\n# nor; here\n/* nor; here */ SELECT 2;\n\n;"),
    ["SELECT ';', \"a;b\", 'it''s;', 'a\\';b' FROM `a;b`", 'SELECT 2']);
});

test('a last statement needs no semicolon', () => assert.deepEqual(texts('SELECT 1;\nSELECT 2\n'), ['SELECT 1', 'SELECT 2']));

test('a minus is no comment, nor is a comment for newer versions', () =>
  assert.deepEqual(texts('SELECT 1--2; CREATE TABLE a (/*!50705 b GEOMETRY */ c INT);'), ['SELECT 1--2', 'CREATE TABLE a (/*!50705 b GEOMETRY */ c INT)']));

test('DELIMITER keeps a trigger together', () => assert.deepEqual(
  texts('DELIMITER ;;\nCREATE TRIGGER t BEGIN SET a = 1; SET b = 2; END;;\n\nDELIMITER ;\nSELECT 1;'),
  ['CREATE TRIGGER t BEGIN SET a = 1; SET b = 2; END', 'SELECT 1']));

test('a statement knows the line on which it begins', () =>
  assert.deepEqual([...statements('-- first\n\nSELECT 1;\n  SELECT\n 2;')].map(statement => statement.line), [3, 4]));
