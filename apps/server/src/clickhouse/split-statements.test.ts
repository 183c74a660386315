import { expect, test } from 'vitest'
import { schemaFiles } from '../schema/schema-files.ts'
import { splitStatements } from './split-statements.ts'

test.each([
  ['', []],
  ['-- nothing; here\n/* or; here */;', []],
  ['A; B', ['A', 'B']],
  ["SELECT ';' ; SELECT 'it''s;\\';'", ["SELECT ';'", "SELECT 'it''s;\\';'"]],
  ['SELECT `a;b`; SELECT "c;d"', ['SELECT `a;b`', 'SELECT "c;d"']],
  ['A -- why; so\n+ 1; B', ['A -- why; so\n+ 1', 'B']],
  ['SELECT 4 / 2 - 1; SELECT 2', ['SELECT 4 / 2 - 1', 'SELECT 2']],
])('[ST20] %j', (text, statements) => {
  expect(splitStatements(text)).toEqual(statements)
})

test('[ST21] every statement of a ClickHouse schema file can be repeated', () => {
  // Rows are moved into tables that keep equal rows once; `schema.db.test.ts` repeats them all.
  const repeatable =
    /^(create (table|materialized view|view) if not exists|alter table (.*\bif (not )?exists|\w+ materialize projection)|drop table if exists|insert into \w+ [^;]*\bselect)\b/is
  for (const { name, text } of schemaFiles('clickhouse')) {
    for (const statement of splitStatements(text)) {
      const code = statement.replaceAll(/^\s*--.*$/gm, '').trim()
      expect(code, `${name}: ${code.slice(0, 60)}`).toMatch(repeatable)
    }
  }
})
