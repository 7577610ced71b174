import Database from 'libsql';
import { migrate } from './schema.js';

/** A row as the database gives it. */
export type StoreRow = Record<string, string | number | null>;
/** A value of a row. */
export type StoreValue = string | number | null;

/** milliseconds that a process waits for another one's write */
const BUSY_TIMEOUT = 10_000;

/** The SQLite file of a data folder with prepared statements; every row is read at once, so that no old snapshot stays open. */
export interface StoreDatabase {
  run(sql: string, ...values: StoreValue[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  rows(sql: string, ...values: StoreValue[]): StoreRow[];
  close(): void;
}

/** Opens the store and brings its tables up to date. Errors: Error when a later version has written it. */
export function openDatabase(file: string): StoreDatabase {
  const database = new Database(file, { timeout: BUSY_TIMEOUT });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  migrate(database);
  const statements = new Map<string, Database.Statement>();
  const statement = (sql: string): Database.Statement => {
    let known = statements.get(sql);
    if (!known) statements.set(sql, (known = database.prepare(sql)));
    return known;
  };
  return {
    run: (sql, ...values) => statement(sql).run(...values),
    rows: (sql, ...values) => statement(sql).all(...values) as StoreRow[],
    close: () => {
      statements.clear();
      database.close();
    },
  };
}
